"""The marks that Git leaves in a file where two people changed the same lines, until somebody has chosen."""

from __future__ import annotations

import re

_BOTH_ENDS = re.compile(r"^(?:<{7}|>{7})(?: [^\n]*)?\r?$", re.MULTILINE)
_ANY = re.compile(r"^(?:<{7}|={7}|>{7})(?: [^\n]*)?\r?$", re.MULTILINE)
CONFLICT_REMEDY = (
    "keep the lines of one of the two, or of both, and take out the lines with <<<<<<<, ======= and >>>>>>>"
)


def conflict_line(text: str, *, ruled: bool = True) -> int:
    """The number of the first line that is such a mark, 0 if there is none. With `ruled`, a line of seven = alone is
    none: in Markdown it makes a heading."""
    found = (_BOTH_ENDS if ruled else _ANY).search(text)
    return 0 if found is None else text.count("\n", 0, found.start()) + 1


def conflict_cause(line: int) -> str:
    """What the mark in a line means."""
    return f"line {line} is a mark of a conflict: two people changed the same lines, and nobody has chosen yet"
