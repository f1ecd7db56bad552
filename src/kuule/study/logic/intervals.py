"""Sets of numbers: intervals, with NaN (for everything that is no number) apart. Every operation is exact."""

from __future__ import annotations

import math
from dataclasses import dataclass

INFINITY = math.inf


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; `low_open` and `high_open` exclude the ends."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: float) -> bool:
        over = number > self.low if self.low_open else number >= self.low
        return over and (number < self.high if self.high_open else number <= self.high)

    def intersection(self, other: Interval) -> Interval:
        """What is in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def holds_any(self, *, whole: bool) -> bool:
        """Whether it contains a number (a whole one, if asked for)."""
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            return False
        if not whole or math.isinf(self.low) or math.isinf(self.high):
            return True
        first = math.floor(self.low) + 1 if self.low_open else math.ceil(self.low)
        return first in self


@dataclass(frozen=True, slots=True)
class NumberSet:
    """The union of `intervals`, plus NaN if `nan`."""

    intervals: tuple[Interval, ...]
    nan: bool

    def __contains__(self, number: float) -> bool:
        return self.nan if math.isnan(number) else any(number in interval for interval in self.intervals)

    def intersection(self, other: NumberSet) -> NumberSet:
        """What is in both."""
        met = (one.intersection(two) for one in self.intervals for two in other.intervals)
        return NumberSet(tuple(one for one in met if one.holds_any(whole=False)), self.nan and other.nan)

    def holds_any(self, *, whole: bool) -> bool:
        """Whether a number is in it, NaN not counted."""
        return any(interval.holds_any(whole=whole) for interval in self.intervals)


ALL_REALS = Interval(-INFINITY, INFINITY)
ALL_NUMBERS = NumberSet((ALL_REALS,), True)
NO_NUMBER = NumberSet((), True)


def comparison_solutions(sign: str, number: float) -> tuple[NumberSet, NumberSet]:
    """The x for which `x sign number` is true, and those for which it is false. NaN compares as in Python."""
    if math.isnan(number):
        everything, nothing = ALL_NUMBERS, NumberSet((), False)
        return (everything, nothing) if sign == "!=" else (nothing, everything)
    below, above = Interval(-INFINITY, number, high_open=True), Interval(number, INFINITY, low_open=True)
    at = Interval(number, number)
    true = {
        "=": (at,),
        "!=": (below, above),
        "<": (below,),
        "<=": (Interval(-INFINITY, number),),
        ">": (above,),
        ">=": (Interval(number, INFINITY),),
    }[sign]
    false = {"=": (below, above), "!=": (at,), "<": (at, above), "<=": (above,), ">": (below, at), ">=": (below,)}[sign]
    return NumberSet(true, sign == "!="), NumberSet(false, sign != "!=")
