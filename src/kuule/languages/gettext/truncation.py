"""Where a PO file is cut off: half a download, half a copy. polib takes such a text without its last letter."""

from __future__ import annotations

import re

_KEYWORD = re.compile(r"(?:#~ ?|#\| ?)?(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?!\w)\s*(.*)")
_SPOKEN = ("#~", "#|")
"""A comment is no line of a text, but for these."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def truncated_line(text: str) -> int | None:
    """The number of the line whose string does not end, or of the last one where an entry has no translation's line;
    None for a file that is whole, as far as can be told: between two entries nobody sees a cut."""
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
