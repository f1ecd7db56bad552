"""Escapes texts so that no spreadsheet sees a formula, however it splits a CSV file into cells.

A spreadsheet evaluates what begins with `=`, `+`, `-` or `@` (https://owasp.org/www-community/attacks/CSV_Injection).
Where its list separator is a semicolon (Windows in Finnish, Swedish, German, French), it splits a comma-separated file
at semicolons, and quotes in the middle of a cell do not prevent that: a cell can then begin after each separator and
each line break. So an apostrophe goes before whatever could be a formula at such a place. People who read the file see
it.
"""

from __future__ import annotations

import re

_BREAKS = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_UNSEEN = ' \xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\xad\ufeff"'
"""What a program may remove before it looks: spaces, invisible marks, quotes."""
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"

FORMULA_PATTERN = f"(^|[;,|{_BREAKS}])([{_UNSEEN}]*)([{_SIGNS}])"
"""Three groups: where a cell can begin, what a program may skip, and the sign. For Python and for Polars."""
CELL_START_PATTERN = f"(?:^|[;{_BREAKS}])[{_UNSEEN}]*"
"""Where a cell can begin in a file that quotes cells with commas, and what a program may skip there."""
LEADING_BREAK_PATTERN = f"^[{_BREAKS}]"
NUMBER_PATTERN = r"^[+\-]?[0-9]+(\.[0-9]+)?$"
_FORMULA, _LEADING, _NUMBER = re.compile(FORMULA_PATTERN), re.compile(LEADING_BREAK_PATTERN), re.compile(NUMBER_PATTERN)


def escape_formulas(text: str) -> str:
    """The text with an apostrophe wherever a formula could begin. A number stays a number."""
    if _NUMBER.fullmatch(text):
        return text
    found = _FORMULA.sub(r"\1'\2\3", text)
    return f"'{found}" if _LEADING.search(found) else found
