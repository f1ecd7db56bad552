"""A number that the first steps in each program find again: if the program counts the same, it read the file rightly,
applied the cleaning and left out who gave no answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """How many people gave one answer to a question, counted from the dataset by what counts for reports, before noise.

    `kept` is how many responses no cleaning rule excludes, `base` how many of them answered the question with content.
    In a report, each count differs from the exact one by at most `noise_bound`.
    """

    item: str
    answer: str
    kept: int
    base: int
    count: int
    noise_bound: int

    @property
    def share(self) -> int:
        """In whole per cent of the base, rounded as in a report."""
        return (200 * self.count + self.base) // (2 * self.base)
