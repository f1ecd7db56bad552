"""A quoted line at the terminal, with a caret under what is meant."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

from kuule.core.problems import Excerpt

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BEFORE = 3
"""If a line is cut, one part in this many of what is shown is before the mark."""


def excerpt_lines(excerpt: Excerpt, width: int) -> list[str]:
    """The line, cut to the width around what is marked, and the line of carets. A terminal may turn a line with letters
    that run from the right, so that a caret would point at something else: such a line has none."""
    margin = f"  {excerpt.line or ''}".rjust(7) + " | "
    text = "".join(visible_letter(letter) for letter in excerpt.text)
    first, shown = _cut(text, excerpt.start, max(width - len(margin), 20))
    lines = [f"{margin}{shown}".rstrip()]
    turned = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in shown)
    if not turned and (excerpt.end or excerpt.start):
        start = max(excerpt.start - first, 0)
        before, marked = shown[:start], shown[start : max(excerpt.end - first, start)]
        lines.append(f"{' ' * 7} | {' ' * cell_len(before)}{'^' * max(cell_len(marked), 1)}")
    return lines


def visible_text(text: str) -> str:
    """A text as a terminal may be given it, with its line breaks."""
    return text if text.isprintable() else "".join(one if one == "\n" else visible_letter(one) for one in text)


def visible_letter(letter: str) -> str:
    """A letter as a terminal may be given it: what a file holds may be what a terminal obeys, and nothing of that
    reaches it."""
    if letter == "\t":
        return " "
    return "\ufffd" if unicodedata.category(letter) == "Cc" or letter in _DIRECTION else letter


def _cut(text: str, start: int, room: int) -> tuple[int, str]:
    """The part of a line that is shown, and which character it begins with."""
    if cell_len(text) <= room:
        return 0, text
    first = max(min(start - room // _BEFORE, len(text) - room), 0)
    shown = f"…{text[first + 1 :]}" if first else text
    while cell_len(shown) > room:
        shown = f"{shown[: room - 1] if len(shown) > room else shown[:-2]}…"
    return first, shown
