"""Which numbers of a release are hidden: the small ones, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.disclosure.attack import Bounds, attack
from kuule.disclosure.pool import Hidden, Key, Kind, Pool, base_key, cell_key, column_numbers, missing_key
from kuule.disclosure.relations import Relation, relations
from kuule.disclosure.rules import Rules
from kuule.tables.missing import Missing
from kuule.tables.result import Column, ResultTable


def protect(tables: tuple[ResultTable, ...], rules: Rules) -> Pool:
    """The numbers of a release with everything hidden that has to be. Hides more and more, so it ends."""
    pool = Pool(tables, tables[0].origin.responses)
    known = relations(tables, rules.nestings, pool)
    for table in tables:
        _hide_small(table, pool, rules)
    given_up: set[Key] = set()
    while True:
        before = len(pool.hidden)
        for table in tables:
            _hide_company(table, pool, rules)
        if len(pool.hidden) == before:
            orders = (Relation((smaller,), (larger,), covers=True) for smaller, larger in pool.orders)
            bounds = attack(pool, (*known, *orders), rules)
            told = [key for key in _told(pool, bounds, rules) if key not in given_up]
            if not told:
                return pool
            for key in told:
                if not _loosen(key, bounds, tables, pool):
                    given_up.add(key)
                    _withhold_tables(key, tables, pool)


def _hide_small(table: ResultTable, pool: Pool, rules: Rules) -> None:
    least = rules.threshold
    for column in table.columns:
        if column.base < rules.smallest_base:
            _withhold(table, column, pool, Hidden.SMALL)
            continue
        for row, count in zip(table.rows, column.counts, strict=True):
            if count < least:
                pool.hide(cell_key(table, column, row), Hidden.SMALL)
            elif column.base - count < least:
                pool.hide(cell_key(table, column, row), Hidden.NEARLY_ALL)
        for reason in Missing:
            if column.missing[reason] < least:
                pool.hide(missing_key(table, column, reason), Hidden.SMALL)
    if table.request.cut is not None:
        _hide_small_rows(table, pool, rules)


def _hide_small_rows(table: ResultTable, pool: Pool, rules: Rules) -> None:
    """People of one answer are a group too: below the smallest base they are not cut, whichever way the table lies."""
    for number, row in enumerate(table.rows):
        counts = [column.counts[number] for column in table.columns]
        people = pool.counts.get(frozenset({(table.request.item, row)}), sum(counts))
        if people < rules.smallest_base:
            for column in table.columns:
                pool.hide(cell_key(table, column, row), Hidden.GROUP)


def _withhold(table: ResultTable, column: Column, pool: Pool, reason: Hidden) -> None:
    for key, _count, kind in column_numbers(table, column):
        pool.hide(key, reason if kind is Kind.BASE else Hidden.GROUP)


def _hide_company(table: ResultTable, pool: Pool, rules: Rules) -> None:
    """No number is hidden alone: a second goes with it, and together they count enough people."""
    _withhold_company(table, pool, rules)
    if table.multiple:
        return
    for column in table.columns:
        if base_key(table, column) in pool.hidden:
            continue
        cells = [cell_key(table, column, row) for row in table.rows]
        _hide_until_enough(cells, pool, rules.threshold)


def _hide_until_enough(keys: list[Key], pool: Pool, least: int) -> None:
    hidden = [key for key in keys if key in pool.hidden]
    while hidden and (len(hidden) < 2 or sum(pool.counts[each] for each in hidden) < least) and pool.shown(keys):
        hidden.append(pool.hide_smallest(pool.shown(keys)))


def _withhold_company(table: ResultTable, pool: Pool, rules: Rules) -> None:
    """A group with nobody in it takes company too: that it is empty would tell what everyone in a group said."""
    if table.request.cut is None or table.overlapping:
        return
    columns = {base_key(table, column): column for column in table.columns}
    bases = list(columns)
    withheld = [key for key in bases if key in pool.hidden]
    while withheld and pool.shown(bases):
        if len(withheld) >= 2 and sum(pool.counts[key] for key in withheld) >= rules.smallest_base:
            return
        key = pool.hide_smallest(pool.shown(bases))
        _withhold(table, columns[key], pool, Hidden.PROTECTING)
        withheld.append(key)


def _told(pool: Pool, bounds: Bounds, rules: Rules) -> Iterator[Key]:
    """The hidden numbers that the attack narrows below what the door promises."""
    for key in pool.hidden:
        low, high, kind = bounds.low[key], bounds.high[key], pool.kinds[key]
        possible = high - low + 1
        if kind is Kind.MISSING:
            if pool.counts[key] and possible < rules.possible_reasons:
                yield key
        elif possible < rules.threshold or 0 < low < rules.threshold:
            yield key


def _loosen(told: Key, bounds: Bounds, tables: tuple[ResultTable, ...], pool: Pool) -> bool:
    """Hide one more number of the sum that narrowed `told`: the most detailed, then the smallest. False: none left."""
    relation = bounds.by.get(told)
    if relation is None:
        return False
    keys = (*relation.parts, *relation.wholes)
    open_to_it = [key for key in pool.shown(keys) if pool.kinds[key] in (Kind.CELL, Kind.MISSING)]
    if open_to_it:
        pool.hide_smallest(_finest(open_to_it))
        return True
    bases = [key for key in pool.shown(keys) if pool.kinds[key] is Kind.BASE and len(key) > 1]
    if bases:
        base = pool.hide_smallest(bases)
        for table in tables:
            for column in table.columns:
                if base_key(table, column) == base:
                    _withhold(table, column, pool, Hidden.PROTECTING)
        return True
    return _follow(told, relation, bounds, pool)


def _follow(told: Key, relation: Relation, bounds: Bounds, pool: Pool) -> bool:
    """Nothing to hide in that sum: look one sum further, at what narrowed the numbers in it."""
    for key in (*relation.parts, *relation.wholes):
        further = bounds.by.get(key)
        if key == told or further is None:
            continue
        cells = [each for each in pool.shown((*further.parts, *further.wholes)) if pool.kinds[each] is Kind.CELL]
        if cells:
            pool.hide_smallest(_finest(cells))
            return True
    return False


def _finest(keys: list[Key]) -> list[Key]:
    """Those of the most conditions: the others are the sums that most readers want."""
    return [key for key in keys if len(key) == max(map(len, keys))]


def _withhold_tables(key: Key, tables: tuple[ResultTable, ...], pool: Pool) -> None:
    """The last resort: what nothing else protects is not published, the whole table with it."""
    for table in tables:
        if any(key == each for column in table.columns for each, _, _ in column_numbers(table, column)):
            for column in table.columns:
                _withhold(table, column, pool, Hidden.PROTECTING)
