"""Cohen's kappa: how far two coders agree beyond what the two would by chance, each with their own habits.

The formula is that of J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
Measurement 20 (1960), 37-46. Alpha takes any number of coders and gaps; kappa is what most articles report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of the values that two coders gave to each unit: 1 is perfect agreement, 0 is what chance gives.

    None where it is not defined: nothing was coded by both, or both gave one and the same value throughout, so that
    chance would agree as well.
    """
    units = list(pairs)
    if not units:
        return None
    first, second = (Counter(values) for values in zip(*units, strict=True))
    squared = len(units) ** 2
    by_chance = sum(first[value] * second[value] for value in first)
    observed = sum(one == other for one, other in units) * len(units)
    return None if by_chance == squared else (observed - by_chance) / (squared - by_chance)


def percent_agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """The share of units to which two coders gave one value, between 0 and 1. None of no units."""
    units = list(pairs)
    return sum(one == other for one, other in units) / len(units) if units else None
