"""A text that is rewritten step by step, and knows of every character where it stood in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from kuule.languages.checks.contact_checks.plain_spelling import plain_character


@dataclass(frozen=True, slots=True)
class MappedText:
    """`places` has, for each character of `text`, where what it was made of begins and ends in the original."""

    text: str
    places: tuple[tuple[int, int], ...]

    @classmethod
    def from_original(cls, original: str) -> MappedText:
        """A text without width variants, marks, ornaments and invisible characters."""
        pairs = [(new, (at, at + 1)) for at, character in enumerate(original) for new in _plain_characters(character)]
        return cls("".join(new for new, _ in pairs), tuple(place for _, place in pairs))

    def replace(self, pattern: re.Pattern[str], replacement: str) -> MappedText:
        """The text with each match replaced. "" and a group of the pattern, like `\\1`, may be given."""
        if not pattern.search(self.text):
            return self
        parts, places, done = [], [], 0
        for match in pattern.finditer(self.text):
            new = match.expand(replacement)
            parts += [self.text[done : match.start()], new]
            places += [*self.places[done : match.start()], *[self.span(*match.span())] * len(new)]
            done = match.end()
        return MappedText("".join([*parts, self.text[done:]]), (*places, *self.places[done:]))

    def join(self, pattern: re.Pattern[str]) -> MappedText:
        """The text without the white space inside each match."""
        if not pattern.search(self.text):
            return self
        spans = [match.span() for match in pattern.finditer(self.text)]
        dropped = {at for start, end in spans for at in range(start, end) if self.text[at].isspace()}
        kept = [at for at in range(len(self.text)) if at not in dropped]
        return MappedText("".join(self.text[at] for at in kept), tuple(self.places[at] for at in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text, which is not empty, stood in the original."""
        return self.places[start][0], self.places[end - 1][1]


@lru_cache(maxsize=4096)
def _plain_characters(character: str) -> str:
    if character.isascii():
        return character
    return "".join(normalize("NFKC", plain_character(one)) for one in normalize("NFKC", character))
