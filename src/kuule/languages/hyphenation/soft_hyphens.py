"""Soft hyphens in the HTML of a text. They are inserted only when a text becomes part of a page: texts that are
compared, hashed, exported, posted or put in an attribute have none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

SOFT_HYPHEN = "\u00ad"
LEAST_LETTERS = 10
"""Shorter words are not broken: they fit on a line of the narrowest phone, even with letters of twice the size."""
_LONG_WORD = re.compile(rf"[^\W\d_]{{{LEAST_LETTERS},}}")
_TAG = re.compile(r"(<[^>]*>)")
_RUN = re.compile(r"\S+")
_NO_WORDS = re.compile(r"://|@|www\.|\w\.\w|\d")
"""An address, a contact or a code, none of which is ever broken."""
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class SoftHyphens:
    """Where the long words of one language may be broken, by the word in lower case."""

    breaks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def from_words(cls, words: Iterable[object]) -> SoftHyphens:
        """Make it from words with a hyphen at each break, as an edition has them. Raises TypeError or ValueError for
        anything else."""
        breaks = {}
        for word in words:
            if not isinstance(word, str):
                raise TypeError("a word is not a text")
            if not _HYPHENATED.fullmatch(word):
                raise ValueError(f"{word!r} is no word with hyphens")
            *before, _ = word.split("-")
            breaks[word.replace("-", "")] = tuple(accumulate(map(len, before)))
        return cls(breaks)

    def in_html(self, html: str) -> str:
        """The HTML with soft hyphens in its long words, but not in tags, in code, or in anything that is no word."""
        if not self.breaks or _LONG_WORD.search(html) is None:
            return html
        if "<" not in html:
            return self._in_text(html)
        return "".join(_outside_code(_TAG.split(html), self._in_text))

    def _in_text(self, text: str) -> str:
        return _RUN.sub(lambda run: self._in_run(run.group()), text)

    def _in_run(self, run: str) -> str:
        return run if _NO_WORDS.search(run) else _LONG_WORD.sub(lambda word: self._in_word(word.group()), run)

    def _in_word(self, word: str) -> str:
        small = word.lower()
        places = self.breaks.get(small, ()) if len(small) == len(word) else ()
        for place in reversed(places):
            word = word[:place] + SOFT_HYPHEN + word[place:]
        return word


NO_SOFT_HYPHENS = SoftHyphens()


def _outside_code(pieces: Iterable[str], change: Callable[[str], str]) -> Iterable[str]:
    """Text and tags alternately, in which text outside `<code>` is changed."""
    inside = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            inside += piece.startswith("<code") - piece.startswith("</code")
            yield piece
        else:
            yield piece if inside else change(piece)
