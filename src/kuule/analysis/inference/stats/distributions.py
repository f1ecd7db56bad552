"""Tails of the normal and the chi-squared distribution, and the classes for an estimate and a test."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import chdtrc, ndtr, ndtri

CONFIDENCE = 0.95
Z = float(ndtri(1 - (1 - CONFIDENCE) / 2))
"""Half the width of an interval, in standard errors."""


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
    note: str = ""
    signed: bool = False
    """Whether the effect has a sign: positive if the first group is higher than the second."""


def two_sided_p(z: float) -> float:
    """The probability that a standard normal number is at least this far from zero, on either side."""
    return min(1.0, 2 * float(ndtr(-abs(z))))


def chi_squared_tail(statistic: float, df: int) -> float:
    """The probability that a chi-squared number is this large or larger."""
    return float(chdtrc(df, statistic))
