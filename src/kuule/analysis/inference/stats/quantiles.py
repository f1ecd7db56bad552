"""Medians and quartiles, from how often each value was given.

For numbers they are exact, as in R (type 7), NumPy and spreadsheets. For a scale of answers, the median is the answer
that half of the people, counted from the low end, have reached. If exactly half have reached an answer, that answer and
the next are both given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

QUARTILES = (0.25, 0.5, 0.75)


def quartiles(values: Mapping[float, int]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of numbers, of which there must be at least one."""
    ordered = sorted(values.items())
    size = sum(count for _, count in ordered)
    low, median, high = (_interpolated(ordered, (size - 1) * quarter) for quarter in QUARTILES)
    return low, median, high


def _interpolated(ordered: Sequence[tuple[float, int]], place: float) -> float:
    whole = floor(place)
    below = _value_at(ordered, whole)
    return below if place == whole else below + (place - whole) * (_value_at(ordered, whole + 1) - below)


def _value_at(ordered: Sequence[tuple[float, int]], place: int) -> float:
    """The value of the person at a position, counted from 0 in the order of values. Raises IndexError."""
    for value, count in ordered:
        if place < count:
            return value
        place -= count
    raise IndexError(place)


def ordinal_quartiles(codes: Sequence[str], counts: Sequence[int]) -> tuple[str, str, str]:
    """Lower quartile, median and upper quartile of a scale, as codes. "a | b" means that exactly that part of the
    people are at or below a. Raises ValueError if nobody answered."""
    low, median, high = (_ordinal_quartile(codes, counts, quarter) for quarter in QUARTILES)
    return low, median, high


def _ordinal_quartile(codes: Sequence[str], counts: Sequence[int], quarter: float) -> str:
    given = [(code, count) for code, count in zip(codes, counts, strict=True) if count]
    wanted, reached = quarter * sum(counts), 0
    for place, (code, count) in enumerate(given):
        reached += count
        if reached == wanted:
            return f"{code} | {given[place + 1][0]}"
        if reached > wanted:
            return code
    raise ValueError("nobody answered")
