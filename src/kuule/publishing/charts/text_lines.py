"""How wide a text is about, and where it is broken into lines: SVG breaks none, and nobody knows the reader's fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

FONT_SIZE = 14
SMALL_SIZE = 13
LINE_HEIGHT = 19
_JOINER = "\u200d"
_CHARACTER = 0.56
"""Mean width of a character, as a part of the font size; measured on Latin and Arabic text and rounded up a little."""
_BOLD = 1.08
"""How much wider bold letters are."""
_SPARE = 0.97
_SIGN = 0.7
"""How many columns the sign of per cent needs beyond one."""
_FEWEST = 8
"""A line has room for this many columns at least, however narrow it is."""


def text_width(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """About how wide one line of text is: rather more than less."""
    columns = _column_count(text) + _SIGN * sum(text.count(sign) for sign in "%٪")
    return columns * size * _CHARACTER * (_BOLD if bold else 1)


def break_lines(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> Sequence[str]:
    """`text` in lines that fit `width`, with a little room to spare: Cyrillic is wider than most."""
    return wrap_text(text, width * _SPARE / (_BOLD if bold else 1), size)


def wrap_text(text: str, width: float, size: float = FONT_SIZE) -> Sequence[str]:
    """`text` in lines that fit `width` at a font size. A word that is longer than a line is broken, but never between
    a letter and its marks: Thai and Chinese write whole sentences as one word."""
    room = max(int(width / (size * _CHARACTER)), _FEWEST)
    lines, line = [], ""
    for word in text.split(" "):
        while _is_wider(word, room):
            cut = room - _column_count(line) - 1 if line and _column_count(line) + 2 < room else room
            cut = _cut_position(word, cut if _column_count(word[:cut]) <= room else room // 2)
            lines.append(f"{line} {word[:cut]}".strip())
            line, word = "", word[cut:]
        if line and _column_count(line) + 1 + _column_count(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _cut_position(word: str, cut: int) -> int:
    """Where to cut a word: at `cut` or a little before it, but not before a mark and not beside a joiner."""
    for at in range(cut, cut // 2, -1):
        if not unicodedata.category(word[at]).startswith("M") and _JOINER not in word[at - 1 : at + 1]:
            return at
    return cut


def _is_wider(text: str, room: int) -> bool:
    """Whether a text needs more than `room` columns. It stops counting there, so a very long text costs no time."""
    columns = 0
    for character in text:
        columns += _columns(character)
        if columns > room:
            return True
    return False


def _column_count(text: str) -> int:
    """How many columns a text needs."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    """How many columns a character needs: wide ones (Chinese, Japanese, Korean) two, marks on others none."""
    if unicodedata.combining(character) or character in "\u2068\u2069":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
