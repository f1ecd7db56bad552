"""Which tables must be counted before others can be released, and the counted tables put together for that.

No table is released on its own. Every group is held against the groups that contain it (`differencing`), and rows that
are groups are held against the same table transposed (`transposed`). This module says which tables those are, the
analysis counts them like any other table, and a `ReleaseCandidate` keeps them together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.disclosure.differencing import GroupHierarchy, request_for_people
from kuule.disclosure.thresholds import DisclosureRules
from kuule.disclosure.transposed import transposed_requests
from kuule.tables.request import People, Subpopulation, TableRequest
from kuule.tables.result import Column, PeopleCount, ResultTable

ColumnCodes = Callable[[str | None], Sequence[str]]
"""A function that gives the codes of the columns of a table by a cut; the cut None is everyone."""


@dataclass(frozen=True, slots=True)
class ReleaseCandidate:
    """A counted table and all that it is held against before it is released.

    `supersets` has, by column code, the groups that contain the people of the column. `transposed` has the tables whose
    columns are the rows of this one; those have no transposed tables themselves. `whole` is the column of all people of
    a table that divides them. Raises ValueError if the supersets of a column are missing, because such a table must not
    be released.
    """

    table: ResultTable
    supersets: Mapping[str, tuple[PeopleCount, ...]]
    transposed: tuple[ReleaseCandidate, ...] = ()
    whole: Column | None = None

    def __post_init__(self) -> None:
        for column in self.table.columns:
            if column.code not in self.supersets:
                raise ValueError(f"{self.table.request}: the groups around {column.code!r} were not counted")

    @property
    def request(self) -> TableRequest:
        return self.table.request

    def shown_transposes(self, shown: Collection[str]) -> Iterator[ReleaseCandidate]:
        """The transposed tables, except those within a column of this table that is not `shown`."""
        cut = self.request.cut
        for each in self.transposed:
            within = each.request.within
            if within is None or within.cut != cut or within.code in shown:
                yield each


def required_tables(
    requests: Iterable[TableRequest], rules: DisclosureRules, codes: ColumnCodes
) -> tuple[TableRequest, ...]:
    """All tables that must be counted before `requests` can be released, each once: first the requests themselves in
    their order, then their transposes, then tables of the groups that contain the columns of both."""
    known: dict[str | None, Sequence[str]] = {}

    def codes_of(cut: str | None) -> Sequence[str]:
        # Asked once for each cut: the codes of the quarters are read from the dataset.
        if cut not in known:
            known[cut] = codes(cut)
        return known[cut]

    tree, asked = GroupHierarchy(rules.groups, rules.versions), dict.fromkeys(requests)
    for each in tuple(asked):
        asked |= dict.fromkeys(_transposes(each, codes_of(each.cut), rules))
    columns = dict.fromkeys((each.item, tree.people_of(each, code)) for each in asked for code in codes_of(each.cut))
    wanted = dict.fromkeys((item, superset) for item, people in columns for superset in tree.supersets(people))
    supersets = (request_for_people(*each)[0] for each in wanted if each not in columns)
    return tuple(asked | dict.fromkeys(supersets))


def release_candidates(
    requests: Iterable[TableRequest], counted: Iterable[ResultTable], rules: DisclosureRules
) -> tuple[ReleaseCandidate, ...]:
    """The requested tables in their order, each with what it is held against, from the tables that were `counted`.

    Raises ValueError if one of `required_tables` is not among those.
    """
    counted, tree = tuple(counted), GroupHierarchy(rules.groups, rules.versions)
    tables = {table.request: table for table in counted}
    columns = {
        (table.request.item, tree.people_of(table.request, column.code)): column
        for table in counted
        for column in table.columns
    }
    alone: dict[TableRequest, ReleaseCandidate] = {}

    def candidate(request: TableRequest) -> ReleaseCandidate:
        if request not in tables:
            raise ValueError(f"{request} was not counted")
        if request not in alone:
            supersets = _supersets(tables[request], columns, tree)
            alone[request] = ReleaseCandidate(tables[request], supersets, whole=_whole(request, columns, tree))
        return alone[request]

    return tuple(
        replace(one, transposed=tuple(candidate(each) for each in required_transposes(one, rules)))
        for one in map(candidate, requests)
    )


def _whole(request: TableRequest, columns: Mapping[tuple[str, People], Column], tree: GroupHierarchy) -> Column | None:
    """The column of all people of a table that divides them. Raises ValueError if it was not counted."""
    if request.cut is None:
        return None
    whole = columns.get((request.item, tree.people_of(request.without_cut, "")))
    if whole is None:
        raise ValueError(f"{request}: the people of the whole table were not counted")
    return whole


def required_groups(within: Subpopulation | None, rules: DisclosureRules) -> tuple[People, ...]:
    """The groups that contain a subpopulation. Their responses must be counted before its own number is released."""
    tree = GroupHierarchy(rules.groups, rules.versions)
    return tree.supersets(tree.people_of(TableRequest("", None, within), ""))


def required_transposes(candidate: ReleaseCandidate, rules: DisclosureRules) -> tuple[TableRequest, ...]:
    """The transposed tables that a counted table must have beside it."""
    return _transposes(candidate.request, [column.code for column in candidate.table.columns], rules)


def _transposes(request: TableRequest, codes: Sequence[str], rules: DisclosureRules) -> tuple[TableRequest, ...]:
    return transposed_requests(request, codes, rules.groups, rules.sensitive)


def _supersets(
    table: ResultTable, columns: Mapping[tuple[str, People], Column], tree: GroupHierarchy
) -> Mapping[str, tuple[PeopleCount, ...]]:
    """By column code, the counts of the groups that contain its people. Raises ValueError if one was not counted."""
    item, found = table.request.item, {}
    for column in table.columns:
        around = [columns.get((item, each)) for each in tree.supersets(tree.people_of(table.request, column.code))]
        if None in around:
            raise ValueError(f"{table.request}: the groups around {column.code!r} were not counted")
        found[column.code] = tuple(PeopleCount(each.base, each.keys.base) for each in around if each is not None)
    return found
