"""Where a PO file was cut off by an incomplete download or copy. polib accepts such a file and drops its last
letter."""

from __future__ import annotations

import re

_KEYWORD = re.compile(r"(?:#~ ?|#\| ?)?(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?!\w)\s*(.*)")
_SPOKEN = ("#~", "#|")
"""Comments do not count as lines of an entry, except these."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def truncated_line(text: str) -> int | None:
    """The number of the line whose string is not closed, or of the last line if an entry has no translation; None for a
    complete file, as far as that can be told: a cut between two entries cannot be seen."""
    last, line_number = "msgstr", 0
    for line_number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("#") and not stripped.startswith(_SPOKEN):
            continue
        found = _KEYWORD.fullmatch(stripped)
        if found:
            last, stripped = found[1], found[2]
        elif not stripped.removeprefix("#~").lstrip().startswith('"'):
            continue
        if not _STRING.fullmatch(stripped.removeprefix("#~").lstrip()):
            return line_number
    return None if last.startswith("msgstr") else line_number
