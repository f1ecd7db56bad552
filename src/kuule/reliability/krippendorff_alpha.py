"""Krippendorff's alpha: agreement beyond what chance alone would give, for any number of coders, with gaps.

1 is perfect agreement, 0 is what chance gives, below 0 coders differ more than by chance. The formulas are those of
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). It is written out here since the packages that
have it are under the GPL (krippendorff) or no longer kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any


class Level(StrEnum):
    """What can be said of two values that differ: only that they do, which is more, or by how much."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def krippendorff_alpha(units: Iterable[Sequence[Hashable]], level: Level) -> float | None:
    """Alpha of the values that coders gave to each unit. Units that fewer than two coded count nothing.

    None where it is not defined: nobody coded anything twice, or all values are the same, so that chance would agree
    as well. Values of the levels `ordinal` and `interval` are numbers.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    count = sum(totals.values())
    difference = _DIFFERENCES[level](totals)
    by_chance = sum(totals[one] * totals[other] * difference(one, other) for one, other in combinations(totals, 2))
    if not by_chance:
        return None
    observed = sum(_within(unit, difference) / (len(unit) - 1) for unit in pairable)
    return 1 - (count - 1) * observed / by_chance


_Difference = Callable[[Any, Any], float]


def _within(unit: Sequence[Hashable], difference: _Difference) -> float:
    """The differences of all pairs of values of a unit."""
    return sum(difference(one, other) for one, other in combinations(unit, 2))


def _nominal(_totals: Mapping[Any, int]) -> _Difference:
    return lambda one, other: float(one != other)


def _ordinal(totals: Mapping[Any, int]) -> _Difference:
    ranks, below = {}, 0
    for value in sorted(totals):
        ranks[value] = below + totals[value] / 2
        below += totals[value]
    return lambda one, other: (ranks[one] - ranks[other]) ** 2


def _interval(_totals: Mapping[Any, int]) -> _Difference:
    return lambda one, other: float(one - other) ** 2


_DIFFERENCES: Mapping[Level, Callable[[Mapping[Any, int]], _Difference]] = {
    Level.NOMINAL: _nominal,
    Level.ORDINAL: _ordinal,
    Level.INTERVAL: _interval,
}
