"""Groups that differ by few people: of two such, one is not shown, since what they differ in would be those people's.

The tables of one question are held against each other: a group against everyone, against a group that it is a part of
(of the same cut's question), and so a land against its region. Cuts by two questions are not: nobody declared that one
holds the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kuule.disclosure.rules import Rules, Values
from kuule.tables.request import RESPONSE_CUTS, TableRequest
from kuule.tables.result import Column, ResultTable


class Near:
    """Which columns of a release are too near to one that holds them."""

    def __init__(self, tables: Iterable[ResultTable], rules: Rules) -> None:
        self.rules = rules
        self.everyone: dict[str, Column] = {}
        self.groups: dict[tuple[str, str], list[tuple[Values, Column]]] = defaultdict(list)
        """By item and question that cuts it."""
        for table in tables:
            item, cut = table.request.item, table.request.cut
            for column in table.columns:
                if cut is None:
                    self.everyone[item] = column
                else:
                    values = self._values(cut, column)
                    self.groups[item, values.question].append((values, column))

    def another(self, request: TableRequest, column: Column) -> bool:
        """Whether another column holds all of this one's people and few more: by the numbers with noise."""
        if request.cut is None:
            return False
        values = self._values(request.cut, column)
        holders = [each for other, each in self.groups[request.item, values.question] if values.within(other)]
        if request.item in self.everyone:
            holders.append(self.everyone[request.item])
        return any(self._differ_by_few(holder, column) for holder in holders)

    def _values(self, cut: str, column: Column) -> Values:
        if cut in RESPONSE_CUTS:
            return Values(cut, frozenset({column.code}))
        return self.rules.values(cut, column.code)

    def _differ_by_few(self, holder: Column, column: Column) -> bool:
        more = self.rules.noise.perturbed(holder.base - column.base, holder.keys.base - column.keys.base)
        return more < self.rules.shown_base
