"""Whether answers and groups are associated: chi-squared, Cramér's V, and Fisher's exact test for small counts.

Sources: Pearson 1900, without Yates' correction; Cramér 1946; Bergsma 2013 for V without what chance adds to it;
Steiger 2004 for its interval, by the noncentral chi-squared distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from kuule.analysis.inference.stats.distributions import (
    SignificanceTest,
    chi_squared_tail,
    noncentrality_interval,
)

CountMatrix = Sequence[Sequence[int]]
"""Counts with a row for each group and a column for each answer."""

SMALLEST_EXPECTED = 5
SAME = "everyone gave the same answer"
ROUGH = f"expected counts under {SMALLEST_EXPECTED}: p is rough"
EXACT = f"exact: expected counts under {SMALLEST_EXPECTED}"


def independence_test(table: CountMatrix) -> SignificanceTest:
    """The chi-squared test, without empty rows and columns. For two groups and two answers with small expected counts,
    Fisher's exact test."""
    full = _without_empty(table)
    if len(full) < 2 or len(full[0]) < 2:
        return SignificanceTest(
            "chi-squared", note=SAME if len(full[0] if full else ()) < 2 else "only one group answered"
        )
    total = sum(map(sum, full))
    expected = _expected(full, total)
    statistic = sum(
        (seen - should) ** 2 / should
        for row, line in zip(full, expected, strict=True)
        for seen, should in zip(row, line, strict=True)
    )
    rows, columns = len(full), len(full[0])
    df = (rows - 1) * (columns - 1)
    v, corrected = cramers_v(statistic, total, rows, columns)
    small = min(map(min, expected)) < SMALLEST_EXPECTED
    if small and df == 1:
        return SignificanceTest(
            "Fisher's exact", p=fisher_exact_p(full), effect_name="V", effect=v, corrected=corrected, note=EXACT
        )
    low, high = cramers_v_interval(statistic, total, rows, columns)
    p, note = chi_squared_tail(statistic, df), ROUGH if small else ""
    return SignificanceTest("chi-squared", statistic, df, p, "V", v, corrected, low, high, note)


def cramers_v(statistic: float, total: int, rows: int, columns: int) -> tuple[float, float]:
    """Cramér's V, and V with Bergsma's correction, of a table without empty rows and columns."""
    square = statistic / total
    plain = sqrt(min(1.0, square / (min(rows, columns) - 1)))
    less = max(0.0, square - (rows - 1) * (columns - 1) / (total - 1))
    sides = (side - (side - 1) ** 2 / (total - 1) for side in (rows, columns))
    room = min(sides) - 1
    return plain, sqrt(min(1.0, less / room)) if room > 0 else 0.0


def cramers_v_interval(statistic: float, total: int, rows: int, columns: int) -> tuple[float, float]:
    """The V's between which that of all people would lie, if these had been drawn. It leaves out what chance alone adds
    to V, so V itself can be above it."""
    ends = noncentrality_interval(statistic, (rows - 1) * (columns - 1))
    most = total * (min(rows, columns) - 1)
    low, high = (sqrt(min(1.0, each / most)) for each in ends)
    return low, high


def fisher_exact_p(table: CountMatrix) -> float:
    """The two-sided p of a two-by-two table: the probability of all tables with the same margins that are no likelier
    than this one."""
    from scipy.stats import fisher_exact  # slow: loads all of scipy.stats, and few tables need it

    return float(fisher_exact(table).pvalue)


def _without_empty(table: CountMatrix) -> list[list[int]]:
    columns = [number for number, column in enumerate(zip(*table, strict=True)) if any(column)]
    return [[row[number] for number in columns] for row in table if any(row)]


def _expected(table: CountMatrix, total: int) -> list[list[float]]:
    columns = [sum(column) for column in zip(*table, strict=True)]
    return [[sum(row) * column / total for column in columns] for row in table]
