"""An attacker written apart from the door: reads released tables only, and searches for whole worlds that fit them.

Stronger than adding and subtracting: `excludes` says whether no world of whole numbers that agrees with every released
number and every sum has a given value in a given hidden cell. It looks at a bounded number of half worlds, and excludes
nothing that it has not refuted.
"""

from __future__ import annotations

from collections.abc import Iterable

from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable

Name = tuple[str, str, str, str]
"""(item, row, cut, column); everyone has cut "" and column ""."""
FAR = 10_000
MOST_LOOKED = 60


class World:
    """All that a release of unnested single-answer tables tells: the range of each number, and the sums."""

    def __init__(self, tables: Iterable[ReleasedTable]) -> None:
        self.low: dict[Name, int] = {}
        self.high: dict[Name, int] = {}
        self.sums: list[tuple[Name, tuple[Name, ...]]] = []
        self.looked = 0
        tables = tuple(tables)
        for table in tables:
            self._read(table)
        for table in tables:
            self._add_people(table)
            if table.request.cut is not None:
                self._add_rows(table)

    def _note(self, name: Name, shown: int | None, step: int, least: int) -> None:
        low, high = (0, FAR) if shown is None else (max(shown - step // 2, least), shown + step - step // 2 - 1)
        self.low[name], self.high[name] = max(low, self.low.get(name, 0)), min(high, self.high.get(name, FAR))

    def _read(self, table: ReleasedTable) -> None:
        item, cut = table.request.item, table.request.cut or ""
        for column in table.columns:
            base = (item, "base", cut, column.code)
            self._note(base, column.base, table.rounding, table.smallest_base)
            names = []
            for number, row in enumerate(table.rows):
                name = _name(item, row, cut, column.code)
                names.append(name)
                self._note(
                    name, column.cells[number].count if column.cells else None, table.rounding, table.smallest_count
                )
            self.sums.append((base, tuple(names)))
            reasons = []
            for reason in Missing:
                name = (item, f"!{reason}", cut, column.code)
                reasons.append(name)
                self._note(name, column.missing[reason], table.rounding, table.smallest_count)

    def _add_rows(self, table: ReleasedTable) -> None:
        item, cut = table.request.item, table.request.cut or ""
        for row in (*table.rows, "base"):
            whole = (item, row, "", "")
            if whole in self.low:
                parts = tuple(
                    (item, row, cut, each.code) if row == "base" else _name(item, row, cut, each.code)
                    for each in table.columns
                )
                self.sums.append((whole, parts))

    def _add_people(self, table: ReleasedTable) -> None:
        """Everyone in a column answered or has a reason; how many they are may stand in another table."""
        item, cut = table.request.item, table.request.cut or ""
        for column in table.columns:
            people = (cut, column.code, "", "")
            if not cut:
                self._note(people, table.origin.responses, table.rounding, 0)
            if people in self.low:
                reasons = tuple((item, f"!{reason}", cut, column.code) for reason in Missing)
                self.sums.append((people, ((item, "base", cut, column.code), *reasons)))

    def excludes(self, name: Name, value: int) -> bool:
        low, high = dict(self.low), dict(self.high)
        low[name] = high[name] = value
        self.looked = 0
        return not self._search(low, high)

    def _search(self, low: dict[Name, int], high: dict[Name, int]) -> bool:
        """Whether a world was found, or the search was given up."""
        self.looked += 1
        if self.looked > MOST_LOOKED:
            return True
        if not self._narrow(low, high):
            return False
        open_names = [name for name in low if low[name] < high[name]]
        if not open_names:
            return True
        name = min(open_names, key=lambda each: high[each] - low[each])
        middle = (low[name] + high[name]) // 2
        for first, last in ((low[name], middle), (middle + 1, high[name])):
            narrower_low, narrower_high = dict(low), dict(high)
            narrower_low[name], narrower_high[name] = first, last
            if self._search(narrower_low, narrower_high):
                return True
        return False

    def _narrow(self, low: dict[Name, int], high: dict[Name, int]) -> bool:
        changed = True
        while changed:
            changed = False
            for whole, parts in self.sums:
                least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
                bounds = [(whole, least, most)]
                bounds += [(part, low[whole] - most + high[part], high[whole] - least + low[part]) for part in parts]
                for name, first, last in bounds:
                    if first > low[name] or last < high[name]:
                        low[name], high[name] = max(first, low[name]), min(last, high[name])
                        changed = True
                    if low[name] > high[name]:
                        return False
        return True


def _name(item: str, row: str, cut: str, code: str) -> Name:
    """A cell has one name whichever way its table lies."""
    return (item, row, cut, code) if not cut or (item, row) < (cut, code) else (cut, code, item, row)
