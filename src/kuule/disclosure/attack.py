"""What someone who knows every rule can work out from a release: the possible values of each number.

Bounds are passed round the relations until nothing narrows any more. On one sum this is exact; over several sums at
once a linear programme could narrow further in rare cases, which docs/explanation/disclosure.md says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kuule.disclosure.pool import Hidden, Key, Kind, Pool
from kuule.disclosure.relations import Relation
from kuule.disclosure.rules import Rules

_ROUNDS = 100
_ABOVE_ALL = 1 << 60


@dataclass(slots=True)
class Bounds:
    """The possible values of each number, from and to, and the relation that narrowed each last."""

    low: dict[Key, int] = field(default_factory=dict)
    high: dict[Key, int] = field(default_factory=dict)
    by: dict[Key, Relation] = field(default_factory=dict)

    def narrow(self, key: Key, low: int, high: int, by: Relation) -> bool:
        changed = False
        if low > self.low[key]:
            self.low[key], changed = low, True
        if high < self.high[key]:
            self.high[key], changed = high, True
        if changed:
            self.by[key] = by
        return changed


def known_at_first(key: Key, pool: Pool, rules: Rules) -> tuple[int, int]:
    """What a number can be before any sum is made.

    Of a hidden answer or base, nothing: what the door decides must not depend on what it hides, or the decision itself
    would tell it. Of the rest more than anyone has: the people outside a cut, and the reasons that nobody had.
    """
    count, kind, hidden = pool.counts[key], pool.kinds[key], pool.hidden.get(key)
    if kind is Kind.OUTSIDE or (kind is Kind.MISSING and count == 0):
        return count, count
    if hidden is None:
        low, high = rules.interval(count)
        least = {Kind.CELL: rules.threshold, Kind.MISSING: rules.threshold, Kind.BASE: rules.smallest_base}
        return max(low, least.get(kind, 0)), high
    if kind is Kind.MISSING and hidden is Hidden.SMALL:
        return 0, rules.threshold - 1
    return 0, _ABOVE_ALL


def attack(pool: Pool, relations: Iterable[Relation], rules: Rules) -> Bounds:
    """The narrowest bounds that adding and subtracting gives."""
    bounds = Bounds()
    for key in pool.counts:
        bounds.low[key], bounds.high[key] = known_at_first(key, pool, rules)
    waiting = tuple(relations)
    for _ in range(_ROUNDS):
        changed: set[Key] = set()
        for relation in waiting:
            changed |= _propagate(relation, bounds)
        waiting = tuple(relation for relation in waiting if not changed.isdisjoint((*relation.wholes, *relation.parts)))
        if not waiting:
            break
    return bounds


def _propagate(relation: Relation, bounds: Bounds) -> set[Key]:
    low, high = bounds.low, bounds.high
    parts_low, parts_high = sum(low[key] for key in relation.parts), sum(high[key] for key in relation.parts)
    wholes_low, wholes_high = sum(low[key] for key in relation.wholes), sum(high[key] for key in relation.wholes)
    changed = set()
    for key in relation.parts:
        least = wholes_low - (parts_high - high[key])
        most = _ABOVE_ALL if relation.covers else wholes_high - (parts_low - low[key])
        if bounds.narrow(key, least, most, relation):
            changed.add(key)
    for key in relation.wholes:
        least = 0 if relation.covers else parts_low - (wholes_high - high[key])
        most = parts_high - (wholes_low - low[key])
        if bounds.narrow(key, least, most, relation):
            changed.add(key)
    return changed
