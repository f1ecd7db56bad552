"""One open answer as it was written. Positions in it are code points of `words`, which never change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TextId = str
"""32 hexadecimal digits, made with a key of the project: without it, a guess at an answer cannot be tested against
them."""


@dataclass(frozen=True, slots=True)
class AnswerText:
    """What people wrote to one item, in one language of the form. Answers that are equal in all three are one text:
    nothing tells them apart, in the dataset either. How many there are is in `TakenDataset.repeated`."""

    id: TextId
    item: str
    language: str
    words: str


class QuoteLeave(StrEnum):
    """Whether a text may be quoted, as everybody who wrote it said."""

    GIVEN = "given"
    """All of them gave leave."""
    NOT_GIVEN = "not-given"
    """One of them was asked, and said no or nothing."""
    NOT_ASKED = "not-asked"
    """One of them was not asked, as far as the dataset knows, and nobody who was asked said otherwise than yes."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Code points of a text from `start` up to `end`. Raises ValueError if it is empty or begins before the text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a span has at least one character, and begins in its text")

    def overlaps(self, other: TextSpan) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: TextSpan) -> bool:
        return self.start <= other.start and other.end <= self.end
