"""Estimates of a share and comparisons of two shares, from counts. Intervals are 95 % intervals.

Sources: Wilson 1927; Newcombe 1998 (method 10) for a difference; Katz 1978 for a ratio of risks, Woolf 1955 for one of
odds; Cohen 1988 for h, whose variance is that of two angles (1 / n each), whatever the shares are.
"""

from __future__ import annotations

from math import asin, exp, log, sqrt

from kuule.analysis.inference.stats.distributions import Estimate, Z

NOBODY_AGAINST = "nobody in the group it is compared with gave this answer"
NOBODY_IN_GROUP = "nobody in the group gave this answer"
NOBODY = "nobody gave this answer"
EVERYONE_IN_BOTH = "everyone in both groups gave this answer"
EVERYONE_IN_A_GROUP = "everyone in a group gave this answer"


def wilson_interval(count: int, base: int) -> Estimate:
    """A share with Wilson's interval, without a correction for continuity. `base` is above zero."""
    share, square = count / base, Z * Z
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = Z * sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    low, high = (0.0 if count == 0 else middle - half), (1.0 if count == base else middle + half)
    return Estimate(share, low, high)


def newcombe_difference(count: int, base: int, other: int, other_base: int) -> Estimate:
    """The first share minus the second, with Newcombe's interval, which is made from the two intervals of Wilson."""
    one, two = wilson_interval(count, base), wilson_interval(other, other_base)
    share, low, high = _complete(one)
    against, against_low, against_high = _complete(two)
    between = share - against
    below = sqrt((share - low) ** 2 + (against_high - against) ** 2)
    above = sqrt((high - share) ** 2 + (against - against_low) ** 2)
    return Estimate(between, between - below, between + above)


def risk_ratio(count: int, base: int, other: int, other_base: int) -> Estimate:
    """How many times as large the first share is as the second, with an interval on the logarithm."""
    if other == 0:
        return Estimate(note=NOBODY_AGAINST if count else NOBODY)
    ratio = (count / base) / (other / other_base)
    if count == 0:
        return Estimate(0.0, note=f"no interval: {NOBODY_IN_GROUP}")
    if (count, other) == (base, other_base):
        return Estimate(1.0, note=f"no interval: {EVERYONE_IN_BOTH}")
    error = sqrt(1 / count - 1 / base + 1 / other - 1 / other_base)
    return _with_interval(ratio, error)


def odds_ratio(count: int, base: int, other: int, other_base: int) -> Estimate:
    """How many times as large the first group's odds are as the second's, with an interval on the logarithm."""
    rest, other_rest = base - count, other_base - other
    if other == 0 or rest == 0:
        note = (NOBODY_AGAINST if count else NOBODY) if other == 0 else EVERYONE_IN_A_GROUP
        return Estimate(note=note)
    ratio = (count * other_rest) / (rest * other)
    if count == 0 or other_rest == 0:
        return Estimate(ratio, note=f"no interval: {EVERYONE_IN_A_GROUP if other_rest == 0 else NOBODY_IN_GROUP}")
    return _with_interval(ratio, sqrt(1 / count + 1 / rest + 1 / other + 1 / other_rest))


def cohens_h(count: int, base: int, other: int, other_base: int) -> Estimate:
    """The distance between two shares on Cohen's scale: 0.2 is small, 0.5 medium, 0.8 large."""
    distance = 2 * asin(sqrt(count / base)) - 2 * asin(sqrt(other / other_base))
    half = Z * sqrt(1 / base + 1 / other_base)
    return Estimate(distance, distance - half, distance + half)


def _with_interval(ratio: float, error: float) -> Estimate:
    return Estimate(ratio, exp(log(ratio) - Z * error), exp(log(ratio) + Z * error))


def _complete(estimate: Estimate) -> tuple[float, float, float]:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        raise ValueError("Wilson's interval is always whole")
    return estimate.value, estimate.low, estimate.high
