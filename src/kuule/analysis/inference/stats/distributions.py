"""Tails of the normal and the chi-squared distribution, and the classes for an estimate and a test."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import chdtrc, chndtr, ndtr, ndtri

CONFIDENCE = 0.95
Z = float(ndtri(1 - (1 - CONFIDENCE) / 2))
"""Half the width of an interval, in standard errors."""
_PRECISION = 1e-12
"""How close a noncentrality is found, as a part of it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with the ends of its interval. Whatever does not exist is None; `note` then says why, in words."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignificanceTest:
    """What a test found. `p` is None if no test was made; `note` then says why, in words.

    `effect` is the effect size that belongs to the test, and `effect_name` what it is called. Unlike the statistic, it
    does not grow with the number of people.
    """

    __test__ = False  # because of its name, pytest would take this class for a test

    name: str
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    effect_name: str = ""
    effect: float | None = None
    corrected: float | None = None
    """The effect without what chance alone adds to it, if there is a formula for that."""
    low: float | None = None
    """The ends of the interval of the effect, where there is one."""
    high: float | None = None
    note: str = ""
    signed: bool = False
    """Whether the effect has a sign: positive if the first group is higher than the second."""


def two_sided_p(z: float) -> float:
    """The probability that a standard normal number is at least this far from zero, on either side."""
    return min(1.0, 2 * float(ndtr(-abs(z))))


def chi_squared_tail(statistic: float, df: int) -> float:
    """The probability that a chi-squared number is this large or larger."""
    return float(chdtrc(df, statistic))


def noncentrality_interval(statistic: float, df: int) -> tuple[float, float]:
    """The noncentralities of chi-squared for which this statistic would be just as large, or just as small, as the ends
    of the middle 95 per cent (Steiger 2004)."""
    tail = (1 - CONFIDENCE) / 2
    return _noncentrality(statistic, df, 1 - tail), _noncentrality(statistic, df, tail)


def _noncentrality(statistic: float, df: int, probability: float) -> float:
    """The noncentrality for which a number is at most `statistic` with this probability; 0 if there is none. The
    probability falls as it grows, so it is found by halving."""
    if chndtr(statistic, df, 0.0) <= probability:
        return 0.0
    low, high = 0.0, max(1.0, statistic)
    while chndtr(statistic, df, high) > probability:
        low, high = high, 2 * high
    while high - low > _PRECISION * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if chndtr(statistic, df, middle) > probability else (low, middle)
    return (low + high) / 2
