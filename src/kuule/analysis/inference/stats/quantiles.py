"""Medians and quartiles, from how often each value was given.

Of numbers: as R (type 7), NumPy and spreadsheets have them, exact. Of a scale of answers: the answer that half of the
people, counted from its low end, have reached; where exactly half stand below the next answer, both are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

QUARTILES = (0.25, 0.5, 0.75)


def quartiles(values: Mapping[float, int]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of numbers; someone gave one."""
    ordered = sorted(values.items())
    size = sum(count for _, count in ordered)
    low, median, high = (_between(ordered, (size - 1) * quarter) for quarter in QUARTILES)
    return low, median, high


def _between(ordered: Sequence[tuple[float, int]], place: float) -> float:
    whole = floor(place)
    below = _at(ordered, whole)
    return below if place == whole else below + (place - whole) * (_at(ordered, whole + 1) - below)


def _at(ordered: Sequence[tuple[float, int]], place: int) -> float:
    """The value of the person who stands there, counted from 0."""
    for value, count in ordered:
        if place < count:
            return value
        place -= count
    raise IndexError(place)


def ordinal_quartiles(codes: Sequence[str], counts: Sequence[int]) -> tuple[str, str, str]:
    """The same of a scale: codes, "a | b" where exactly that part of the people stand at or below a."""
    low, median, high = (_reached(codes, counts, quarter) for quarter in QUARTILES)
    return low, median, high


def _reached(codes: Sequence[str], counts: Sequence[int], quarter: float) -> str:
    given = [(code, count) for code, count in zip(codes, counts, strict=True) if count]
    wanted, reached = quarter * sum(counts), 0
    for place, (code, count) in enumerate(given):
        reached += count
        if reached == wanted:
            return f"{code} | {given[place + 1][0]}"
        if reached > wanted:
            return code
    raise ValueError("nobody answered")
