"""Tails of the normal and of the chi-squared distribution, and what an interval and a test are."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import chdtrc, ndtr, ndtri

CONFIDENCE = 0.95
Z = float(ndtri(1 - (1 - CONFIDENCE) / 2))
"""Half the width of an interval, in standard errors."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with the ends of its interval. None where there is none; `note` then says why, in words."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignificanceTest:
    """What a test found. `p` is None where none was made; `note` then says why, in words.

    `effect` is the size that belongs to the test, called `effect_name`: it does not grow with the number of people.
    """

    __test__ = False  # pytest takes whatever is called so for one of its own

    name: str
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    effect_name: str = ""
    effect: float | None = None
    corrected: float | None = None
    """The effect without what chance alone adds to it, where there is such a formula."""
    note: str = ""
    signed: bool = False
    """Whether the effect is of the first group over the second, so that it has a sign."""


def two_sided_p(z: float) -> float:
    """The chance of a normal number this far from zero or farther, on either side."""
    return min(1.0, 2 * float(ndtr(-abs(z))))


def chi_squared_tail(statistic: float, df: int) -> float:
    """The chance of a chi-squared number this large or larger."""
    return float(chdtrc(df, statistic))
