"""The groups around those that are asked for: counted beside them in the same pass, so that the door can hold each
against all that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kuule.disclosure.differencing import GroupHierarchy, People, request_for_people
from kuule.tables.request import TableRequest
from kuule.tables.result import Column, ResultTable, Superset


def superset_requests(asked: Mapping[TableRequest, Sequence[str]], tree: GroupHierarchy) -> tuple[TableRequest, ...]:
    """The tables that have what is around the columns (codes) of those that are asked for, and is in none of them."""
    known = dict.fromkeys((table.item, tree.people_of(table, code)) for table, codes in asked.items() for code in codes)
    wanted = dict.fromkeys((item, holder) for item, people in known for holder in tree.supersets(people))
    return tuple(dict.fromkeys(request_for_people(*each)[0] for each in wanted if each not in known))


def with_supersets(
    tables: Iterable[ResultTable], beside: Iterable[ResultTable], tree: GroupHierarchy
) -> tuple[ResultTable, ...]:
    """The tables, each column with the bases of the groups around it: from all of them, and from those `beside`."""
    tables = tuple(tables)
    columns = {
        (table.request.item, tree.people_of(table.request, column.code)): column
        for table in (*tables, *beside)
        for column in table.columns
    }
    return tuple(
        replace(table, columns=tuple(_column(table.request, column, columns, tree) for column in table.columns))
        for table in tables
    )


def _column(
    request: TableRequest, column: Column, columns: Mapping[tuple[str, People], Column], tree: GroupHierarchy
) -> Column:
    holders = tree.supersets(tree.people_of(request, column.code))
    found = [columns[request.item, each] for each in holders]
    return replace(column, supersets=tuple(Superset(each.base, each.keys.base) for each in found))
