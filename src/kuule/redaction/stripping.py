"""Stripping a text of contacts. Pure: the same text and kinds always give the same.

What stands by itself as a word is not found, like the name of a site without its ending: a list of such names would be
what it is to keep away (decision 0085).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kuule.redaction.contact_spans import contact_spans
from kuule.redaction.stripped_kinds import StrippedKind

MARK = "[…]"
"""Stands where something was taken out, in every language."""
_MARKS = re.compile(rf"(?:{re.escape(MARK)}[\s,;/|+&-]*)+{re.escape(MARK)}")


@dataclass(frozen=True, slots=True)
class StrippedText:
    """`text` without contacts; "" where nothing else was in it. `count`: how many were taken out. `emptied`: nothing
    but contacts was in it."""

    text: str
    count: int = 0
    emptied: bool = False


def strip_contacts(text: str, kinds: Collection[StrippedKind]) -> StrippedText:
    """The text with `MARK` in place of each contact of these kinds. A text without any comes back as it is."""
    if not kinds:
        return StrippedText(text)
    stripped, count = _stripped_once(text, kinds)
    while count and (again := _stripped_once(stripped, kinds))[1]:
        stripped, count = again[0], count + again[1]
    if not count:
        return StrippedText(text)
    stripped = _MARKS.sub(MARK, stripped)
    left = stripped.replace(MARK, "")
    emptied = not any(map(str.isalnum, left))
    return StrippedText("" if emptied else stripped, count, emptied)


def _stripped_once(text: str, kinds: Collection[StrippedKind]) -> tuple[str, int]:
    spans = _merged([(one.start, one.end) for one in contact_spans(text, kinds)])
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], MARK]
        done = end
    return "".join([*parts, text[done:]]), len(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
