"""Where a word may be broken, by the patterns of a language: Liang's algorithm over LibreOffice's files, which Pyphen
brings along.

A pattern is kept as its line, and taken apart when a word first meets it. Pyphen takes all apart when it reads a file:
for the 26 languages of a study that was a third of a freeze, and its words met one pattern in twenty-five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pyphen import LANGUAGES, language_fallback

_NO_LETTERS = re.compile(r"/[^\n]*=[^\n]*|[\d \t\r]+")
"""What of a line is no letter: levels, spaces, and how letters change at the break."""
_LEVELS = re.compile(r"(\d?)(\D?)")
_HEX = re.compile(r"\^\^([0-9a-f]{2})")
_PYTHON_NAMES = {"microsoft-cp1251": "cp1251"}


class _ChangingLevel(int):
    """The level of a break that changes letters: Hungarian asszony becomes asz-szony, which no soft hyphen can do."""


class BreakPatterns:
    """The patterns of one language: each without its levels, and the line that has them."""

    def __init__(self, text: str) -> None:
        """`text`: what a file has behind its first line, which names its encoding."""
        lines = _HEX.sub(_character, text) if "^^" in text else text
        letters = _NO_LETTERS.sub("", lines) if "=" in lines else _without_levels(lines)
        pairs = zip(letters.split("\n"), lines.split("\n"), strict=True)
        # A line without levels says nothing, and a comment becomes letters that no word has.
        self._lines = {letters: line for letters, line in pairs if letters != line}
        self._levels: dict[str, tuple[int, ...]] = {}

    def places(self, word: str, *, least: int) -> list[int]:
        """Where a word in lower case may be broken without a change of its letters, with at least so many letters
        before and behind."""
        dotted = f".{word}."
        levels: list[int] = [0] * (len(dotted) + 1)
        for start, found in self._found(dotted):
            for place, level in enumerate(found, start):
                if level >= levels[place]:
                    levels[place] = level
        return [
            place
            for place, level in enumerate(levels[1:])
            if level % 2 and least <= place <= len(word) - least and not isinstance(level, _ChangingLevel)
        ]

    def _found(self, dotted: str) -> Iterator[tuple[int, Sequence[int]]]:
        """The levels of each pattern in a word, and where they begin."""
        lines, end = self._lines, len(dotted) + 1
        for start in range(end - 2):
            for stop in range(start + 1, end):
                letters = dotted[start:stop]
                if letters in lines:
                    yield start, self._levels.get(letters) or self._read(letters)

    def _read(self, letters: str) -> tuple[int, ...]:
        line = self._lines[letters].strip()
        pattern, _, change = line.partition("/") if "=" in line else (line, "", "")
        kind = _ChangingLevel if change else int
        levels = (int(level or 0) for level, _ in _LEVELS.findall(pattern))
        found = self._levels[letters] = tuple(kind(level) if level % 2 else level for level in levels)
        return found


def _without_levels(lines: str) -> str:
    """Lines that change no letters, without levels and spaces: in bytes, a tenth of the time."""
    return lines.encode().translate(None, b"0123456789 \t\r").decode()


def _character(code: re.Match[str]) -> str:
    return chr(int(code[1], 16))


@lru_cache(maxsize=64)
def break_patterns(tag: str) -> BreakPatterns | None:
    """The patterns of a language, or of the wider one that has any; None where there are none."""
    known = language_fallback(tag)
    return None if known is None else BreakPatterns(_text(Path(LANGUAGES[known])))


def _text(path: Path) -> str:
    first, _, rest = path.read_bytes().partition(b"\n")
    name = first.decode("ascii").strip().lower()
    return rest.decode(_PYTHON_NAMES.get(name, name)).replace("\r\n", "\n")
