"""The sums that hold between the numbers of a release: what someone with paper and patience can subtract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kuule.disclosure.pool import OUTSIDE, Key, Kind, Pool, base_key, cell_key, column_key, missing_key
from kuule.disclosure.rules import Nesting
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import ANSWERED, ResultTable, Route


@dataclass(frozen=True, slots=True)
class Relation:
    """The `parts` add up to the sum of `wholes`; with `covers`, to at least as much."""

    wholes: tuple[Key, ...]
    parts: tuple[Key, ...]
    covers: bool = False


def relations(tables: tuple[ResultTable, ...], nestings: Iterable[Nesting], pool: Pool) -> tuple[Relation, ...]:
    """Every relation whose numbers all stand in the release. Adds the people outside each cut to the pool."""
    found: list[Relation] = []
    for table in tables:
        found.extend(_within_columns(table))
        if table.request.cut is not None and not table.overlapping:
            found.extend(_across_columns(table, pool))
    by_request = {table.request: table for table in tables}
    for table in tables:
        found.extend(_routed(table, by_request))
    for nesting in nestings:
        found.extend(_nested(nesting, by_request))
    return tuple(relation for relation in dict.fromkeys(found) if _complete(relation, pool))


def _complete(relation: Relation, pool: Pool) -> bool:
    return bool(relation.wholes) and all(key in pool.counts for key in (*relation.wholes, *relation.parts))


def _within_columns(table: ResultTable) -> Iterator[Relation]:
    for column in table.columns:
        base = base_key(table, column)
        cells = tuple(cell_key(table, column, row) for row in table.rows)
        yield Relation((base,), cells, covers=table.multiple)
        reasons = tuple(missing_key(table, column, reason) for reason in Missing)
        yield Relation((column_key(table, column),), (base, *reasons))


def _line_codes(table: ResultTable) -> tuple[str, ...]:
    return (*table.rows, ANSWERED, *(f"@{reason.value}" for reason in Missing))


def _across_columns(table: ResultTable, pool: Pool) -> Iterator[Relation]:
    """Each row's columns, with those outside the cut, add up to the row of everyone."""
    item, cut = table.request.item, str(table.request.cut)
    for code in _line_codes(table):
        whole: Key = frozenset({(item, code)})
        if whole not in pool.counts:
            continue
        parts = tuple(whole | {(cut, column.code)} for column in table.columns)
        outside = whole | {(cut, OUTSIDE)}
        pool.add(outside, pool.counts[whole] - sum(pool.counts[part] for part in parts), Kind.OUTSIDE)
        yield Relation((whole,), (*parts, outside))


def _routed(table: ResultTable, by_request: dict[TableRequest, ResultTable]) -> Iterator[Relation]:
    """Who was asked, from a question that led here: what they said there, and what became of it here."""
    for route in table.routes:
        if TableRequest(route.question, table.request.cut) not in by_request:
            continue
        for column in table.columns:
            people = column_key(table, column)
            reasons = (missing_key(table, column, reason) for reason in Missing if reason is not Missing.NOT_ASKED)
            asked = (base_key(table, column), *reasons)
            not_asked = (missing_key(table, column, Missing.NOT_ASKED),)
            for here, surely in ((asked, route.always), (not_asked, route.never)):
                yield from _led(here, people, route, surely)


def _led(here: tuple[Key, ...], people: Key, route: Route, surely: tuple[str, ...]) -> Iterator[Relation]:
    """People of the lines `surely` are among those `here`, who are among the people of these and of some more."""
    lines = tuple(people | {(route.question, code)} for code in surely if code)
    more = tuple(people | {(route.question, code)} for code in route.sometimes)
    if "" in (*surely, *route.sometimes):
        yield Relation(lines, here, covers=True)
    elif not more:
        yield Relation(lines, here)
    else:
        yield Relation(lines, here, covers=True)
        yield Relation(here, (*lines, *more), covers=True)


def _nested(nesting: Nesting, by_request: dict[TableRequest, ResultTable]) -> Iterator[Relation]:
    """A group's numbers are the sums of those of the answers in it, where both are in the release."""
    group = (nesting.cut, nesting.code)
    for request, table in by_request.items():
        if request.cut != nesting.cut:
            continue
        finer = by_request.get(TableRequest(request.item, nesting.question))
        if finer is not None and not finer.overlapping:
            values = _values(nesting, tuple(column.code for column in finer.columns))
            for code in _line_codes(table):
                line: Key = frozenset({(request.item, code)})
                yield Relation((line | {group},), tuple(line | {(nesting.question, value)} for value in values))
        answers = by_request.get(TableRequest(nesting.question))
        if answers is not None and not answers.multiple:
            yield _group_size(nesting, table, answers)


def _group_size(nesting: Nesting, table: ResultTable, answers: ResultTable) -> Relation:
    """All the people of a group, from the frequencies of its question, gave an answer or a reason for none."""
    people: Key = frozenset({(nesting.cut, nesting.code)})
    codes = (ANSWERED, *(f"@{reason.value}" for reason in Missing))
    parts = tuple(people | {(table.request.item, code)} for code in codes)
    return Relation(tuple(frozenset({(nesting.question, value)}) for value in _values(nesting, answers.rows)), parts)


def _values(nesting: Nesting, codes: tuple[str, ...]) -> tuple[str, ...]:
    if nesting.rest:
        return tuple(code for code in codes if code not in nesting.values)
    return tuple(value for value in nesting.values if value in codes)
