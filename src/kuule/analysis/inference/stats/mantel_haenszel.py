"""Groups compared within strata and the comparisons pooled, so that differences between strata do not pass for
differences between groups.

Sources: Mantel and Haenszel 1959; Robins, Breslow and Greenland 1986 for the odds ratio's interval, Greenland and
Robins 1985 for the risk ratio's, Sato 1989 for the difference's; Agresti, Categorical Data Analysis, for the general
Cochran-Mantel-Haenszel test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from kuule.analysis.inference.stats.distributions import Estimate, SignificanceTest, Z, chi_squared_tail
from kuule.analysis.inference.stats.independence import CountMatrix
from kuule.analysis.inference.stats.proportions import (
    EVERYONE_IN_A_GROUP,
    EVERYONE_IN_BOTH,
    NOBODY,
    NOBODY_AGAINST,
    NOBODY_IN_GROUP,
)

_NAME = "Cochran-Mantel-Haenszel"
NO_COMPARABLE_STRATUM = "no stratum has both groups and both answers"


@dataclass(frozen=True, slots=True)
class StratumPair:
    """How many people gave an answer in one stratum: `count` of the `base` of a group, and `other` of `other_base`, the
    group that it is compared with."""

    count: int
    base: int
    other: int
    other_base: int

    @property
    def size(self) -> int:
        return self.base + self.other_base


def pooled_odds_ratio(pairs: Sequence[StratumPair]) -> Estimate:
    """The common odds ratio of the strata, with an interval on the logarithm."""
    for_it = [pair.count * (pair.other_base - pair.other) / pair.size for pair in pairs]
    against = [(pair.base - pair.count) * pair.other / pair.size for pair in pairs]
    over, under = sum(for_it), sum(against)
    if not over or not under:
        return _ratio_of_zero(pairs, under)
    inward = [(pair.count + pair.other_base - pair.other) / pair.size for pair in pairs]
    first = sum(p * r for p, r in zip(inward, for_it, strict=True)) / (2 * over**2)
    second = sum(p * s + (1 - p) * r for p, r, s in zip(inward, for_it, against, strict=True)) / (2 * over * under)
    third = sum((1 - p) * s for p, s in zip(inward, against, strict=True)) / (2 * under**2)
    return _with_interval(over / under, first + second + third)


def pooled_risk_ratio(pairs: Sequence[StratumPair]) -> Estimate:
    """The common ratio of shares of the strata, with an interval on the logarithm."""
    over = sum(pair.count * pair.other_base / pair.size for pair in pairs)
    under = sum(pair.other * pair.base / pair.size for pair in pairs)
    if not over or not under:
        return _ratio_of_zero(pairs, under)
    if all((pair.count, pair.other) == (pair.base, pair.other_base) for pair in pairs):
        return Estimate(1.0, note=f"no interval: {EVERYONE_IN_BOTH}")
    spread = sum(
        (pair.base * pair.other_base * (pair.count + pair.other) - pair.count * pair.other * pair.size) / pair.size**2
        for pair in pairs
    )
    return _with_interval(over / under, spread / (over * under))


def pooled_risk_difference(pairs: Sequence[StratumPair]) -> Estimate:
    """The common difference of shares of the strata, with the weights of Mantel and Haenszel."""
    weight = sum(pair.base * pair.other_base / pair.size for pair in pairs)
    if not weight:
        return Estimate(note=NO_COMPARABLE_STRATUM)
    value = sum((pair.count * pair.other_base - pair.other * pair.base) / pair.size for pair in pairs) / weight
    if _has_no_variation(pairs):
        return Estimate(value, note="no interval: in a group nobody gave this answer, or everyone")
    uneven = sum(
        (
            pair.other * pair.base**2
            - pair.count * pair.other_base**2
            + pair.base * pair.other_base * (pair.other_base - pair.base) / 2
        )
        / pair.size**2
        for pair in pairs
    )
    mixed = sum(
        (pair.count * (pair.other_base - pair.other) + pair.other * (pair.base - pair.count)) / (2 * pair.size)
        for pair in pairs
    )
    error = sqrt(max(0.0, value * uneven + mixed)) / weight
    return Estimate(value, max(-1.0, value - Z * error), min(1.0, value + Z * error))


def _ratio_of_zero(pairs: Sequence[StratumPair], under: float) -> Estimate:
    """The estimate of a ratio if its numerator or its denominator, `under`, is zero."""
    if not pairs:
        return Estimate(note=NO_COMPARABLE_STRATUM)
    if under:
        return Estimate(0.0, note=f"no interval: {NOBODY_IN_GROUP}")
    if not any(pair.count + pair.other for pair in pairs):
        return Estimate(note=NOBODY)
    return Estimate(note=NOBODY_AGAINST if not any(pair.other for pair in pairs) else EVERYONE_IN_A_GROUP)


def _has_no_variation(pairs: Sequence[StratumPair]) -> bool:
    """Whether everyone or nobody of a group gave the answer. The formula for its variance then gives zero, however
    small the group is."""
    group, base = sum(pair.count for pair in pairs), sum(pair.base for pair in pairs)
    other, other_base = sum(pair.other for pair in pairs), sum(pair.other_base for pair in pairs)
    return group in (0, base) or other in (0, other_base)


def cochran_mantel_haenszel_test(tables: Sequence[CountMatrix]) -> SignificanceTest:
    """Whether answers and groups are associated within strata: general association, without continuity correction.

    Every table has the same groups as rows and the same answers as columns. Strata of one person are left out.
    """
    counts = np.array([table for table in tables if sum(map(sum, table)) > 1], dtype=float)
    if not len(counts):
        return SignificanceTest(_NAME, note=NO_COMPARABLE_STRATUM)
    counts = counts[:, counts.sum(axis=(0, 2)) > 0, :][:, :, counts.sum(axis=(0, 1)) > 0]
    rows, columns = counts.shape[1:]
    apart = np.zeros((rows - 1) * (columns - 1))
    spread = np.zeros((apart.size, apart.size))
    for table in counts:
        off, varies = _stratum(table)
        apart += off
        spread += varies
    df = int(np.linalg.matrix_rank(spread)) if apart.size else 0
    if not df:
        return SignificanceTest(_NAME, note=NO_COMPARABLE_STRATUM)
    statistic = float(apart @ np.linalg.pinv(spread, hermitian=True) @ apart)
    return SignificanceTest(_NAME, statistic, df, chi_squared_tail(statistic, df))


def _stratum(table: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The differences between counts and expected counts, and their covariance, without the last row and column."""
    size = table.sum()
    groups, answers = table.sum(axis=1)[:-1], table.sum(axis=0)[:-1]
    off = (table[:-1, :-1] - np.outer(groups, answers) / size).ravel()
    of_groups = np.diag(groups) * size - np.outer(groups, groups)
    of_answers = np.diag(answers) * size - np.outer(answers, answers)
    return off, np.kron(of_groups, of_answers) / (size**2 * (size - 1))


def _with_interval(ratio: float, variance: float) -> Estimate:
    half = Z * sqrt(variance)
    return Estimate(ratio, exp(log(ratio) - half), exp(log(ratio) + half))
