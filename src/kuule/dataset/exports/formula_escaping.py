"""Texts that no spreadsheet takes for a formula, however it cuts a CSV file into cells.

A spreadsheet reckons what begins with `=`, `+`, `-` or `@` (https://owasp.org/www-community/attacks/CSV_Injection).
Where its list separator is a semicolon (Windows in Finnish, Swedish, German, French), it cuts a comma's CSV at
semicolons, and quotes in the middle of a cell hold nothing together: so a cell can begin behind each separator and
each line break. There an apostrophe goes before what could be a formula; one who reads the file sees it.
"""

from __future__ import annotations

import re

_BREAKS = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_UNSEEN = ' \xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\xad\ufeff"'
"""What a program may take away before it looks: spaces, marks that nobody sees, quotes."""
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"

FORMULA_PATTERN = f"(^|[;,|{_BREAKS}])([{_UNSEEN}]*)([{_SIGNS}])"
"""Three groups: where a cell can begin, what a program may pass over, and the sign. For Python and for Polars."""
LEADING_BREAK_PATTERN = f"^[{_BREAKS}]"
NUMBER_PATTERN = r"^[+\-]?[0-9]+(\.[0-9]+)?$"
_FORMULA, _LEADING, _NUMBER = re.compile(FORMULA_PATTERN), re.compile(LEADING_BREAK_PATTERN), re.compile(NUMBER_PATTERN)


def escape_formulas(text: str) -> str:
    """The text with an apostrophe wherever a formula could begin; a number stays a number."""
    if _NUMBER.fullmatch(text):
        return text
    found = _FORMULA.sub(r"\1'\2\3", text)
    return f"'{found}" if _LEADING.search(found) else found
