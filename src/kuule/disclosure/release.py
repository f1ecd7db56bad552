"""The door: exact tables in, tables that anyone may see out. docs/explanation/disclosure.md says what it holds against.

Every number gets its noise first (the cell-key method). What is shown is then decided from the numbers with noise and
from nothing else: so what is hidden tells no more than they would.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.differencing import (
    AnswerSets,
    GroupHierarchy,
    column_has_close_superset,
    count_label,
    has_close_superset,
    label_in_dataset,
)
from kuule.disclosure.query_budget import check_query_budget
from kuule.disclosure.release_id import release_id
from kuule.disclosure.shares import with_shares
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, is_closed_group, shown_responses
from kuule.disclosure.thresholds import DisclosureRules
from kuule.disclosure.transposed import transposed_requests, transposed_tables
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import QUARTER, TableRequest
from kuule.tables.result import KEY_MODULUS, Column, DataOrigin, MonthlyResponses, ResultTable, SetAside

_ONE_IN = 5
"""The most who may have sent outside the months that are named: one in so many."""


@dataclass(frozen=True, slots=True)
class _Door:
    """What the tables of one release are held to: `tree` is that of the groups of `rules`."""

    rules: DisclosureRules
    tree: GroupHierarchy
    earlier: EarlierReleases | None


def release(
    tables: Iterable[ResultTable], rules: DisclosureRules, *, earlier: EarlierReleases | None = None
) -> tuple[ReleasedTable, ...]:
    """The tables of one release, in their order. `earlier` is what was shown of other datasets.

    Raises PublishingError REPORT_021 where they were not counted from one dataset, REPORT_022 where one question stands
    in more than MAX_TABLES_PER_QUESTION of them.
    """
    tables = tuple(tables)
    origins = {table.origin for table in tables}
    if len(origins) > 1:
        names = ", ".join(sorted(f"{origin.study} {origin.dataset}" for origin in origins))
        cause = f"tables of different datasets ({names})"
        raise PublishingError(Problem("REPORT_021", "release", cause, "count all tables from one dataset"))
    if not tables:
        return ()
    check_query_budget((table.request for table in tables), rules)
    origin = release_origin(origins.pop(), rules, [table.request for table in tables], earlier=earlier)
    door = _Door(rules, GroupHierarchy(rules.groups), earlier)
    return tuple(_released(table, origin, door) for table in tables)


def release_origin(
    origin: DataOrigin,
    rules: DisclosureRules,
    requests: Iterable[TableRequest] = (),
    *,
    earlier: EarlierReleases | None = None,
) -> ReleasedOrigin:
    """Where a release of some tables comes from; its number of responses with noise, or None where they are too few,
    too near to those of a group around, or to what was shown before.

    Raises ValueError where the origin has no cell key: then nothing was counted.
    """
    if origin.key is None:
        raise ValueError("an origin without a cell key cannot be released")
    noted = shown_responses(origin, GroupHierarchy(rules.groups))
    responses, why = _responses(origin, noted, rules, earlier)
    stands = (
        earlier.carried_column(noted.item, noted.people, ())
        if earlier is not None and why is WithheldReason.JOINED
        else None
    )
    return ReleasedOrigin(
        study=origin.study,
        dataset=origin.dataset,
        editions=origin.editions,
        rehearsal=origin.rehearsal,
        responses=responses if stands is None else stands.base,
        languages=origin.languages,
        unopened=origin.unopened,
        smallest_count=rules.smallest_count,
        smallest_base=rules.smallest_base,
        noise_variance=rules.noise_variance,
        noise_bound=rules.noise_bound,
        key_fingerprints=origin.key_fingerprints,
        set_aside={one.rule: None if responses is None else _set_aside(one, noted, rules) for one in origin.set_aside},
        months=_months(origin.responses_by_month, rules) if stands is None else None,
        release=release_id(origin, requests, rules),
        within=origin.within,
        withheld_reason=None if stands is not None else why,
        responses_carried_from="" if stands is None else stands.carried_from,
    )


def _responses(
    origin: DataOrigin, noted: ShownGroup, rules: DisclosureRules, earlier: EarlierReleases | None
) -> tuple[int, None] | tuple[None, WithheldReason]:
    about = count_label(noted.item, noted.people)
    seen = rules.noise.perturb(noted.size, noted.size_key, about)
    if seen < rules.base_threshold:
        return None, WithheldReason.FEW
    if has_close_superset(noted.size, noted.size_key, origin.supersets, rules, about):
        return None, WithheldReason.NEAR
    if earlier is not None and earlier.is_too_near(noted):
        return None, WithheldReason.JOINED
    return seen, None


def _months(sent: Sequence[MonthlyResponses], rules: DisclosureRules) -> tuple[str, str] | None:
    """From the month by which enough had sent to that from which on enough did; one who was first, or last, is never
    alone in it. None where more than one in five sent in other months: then it would be untrue of them."""
    first, last = _enough(sent, rules), _enough(sent[::-1], rules)
    if first is None or last is None:
        return None
    # Where most sent in one month, the two can cross.
    first, last = min(first, last), max(first, last)
    outside = _number((one for one in sent if not first <= one.month <= last), rules)
    return (first, last) if outside * _ONE_IN <= _number(sent, rules) else None


def _number(sent: Iterable[MonthlyResponses], rules: DisclosureRules) -> int:
    """Those who sent in some months, with noise."""
    sent = tuple(sent)
    return rules.noise.perturb(sum(one.responses for one in sent), sum(one.key for one in sent))


def _enough(sent: Sequence[MonthlyResponses], rules: DisclosureRules) -> str | None:
    """The month at which the responses so far are as many as a group has at the least, by their number with noise."""
    people = key = 0
    for one in sent:
        people, key = people + one.responses, key + one.key
        if rules.noise.perturb(people, key) >= rules.base_threshold:
            return one.month
    return None


def _set_aside(aside: SetAside, noted: ShownGroup, rules: DisclosureRules) -> int | None:
    """With noise; None for a few, and for nearly all of the responses that are `noted`."""
    about = label_in_dataset(noted.size_key, count_label(aside.rule, noted.people))
    flagged = rules.noise.perturb(aside.flagged, aside.key, about)
    others = rules.noise.perturb(noted.size - aside.flagged, noted.size_key - aside.key, about)
    return flagged if min(flagged, others) >= rules.smallest_count else None


def _released(table: ResultTable, origin: ReleasedOrigin, door: _Door) -> ReleasedTable:
    columns = _columns(table, door)
    own = [column.code for column in columns if column.base is not None and not column.carried_from]
    hidden = _rows_held_back(table, own, door)
    if hidden:
        columns = [_without(column, [hidden.get(row) for row in table.rows]) for column in columns]
    if table.request.cut == QUARTER:
        # Which quarters there are comes of the answers: that one has few must look as if it had none.
        columns = [column for column in columns if column.base is not None]
    return ReleasedTable(
        request=table.request,
        origin=origin,
        rows=table.rows,
        columns=tuple(with_shares(column, multiple=table.multiple) for column in columns),
        multiple=table.multiple,
        overlapping=table.overlapping,
        smallest_count=door.rules.smallest_count,
        smallest_base=door.rules.smallest_base,
        withheld_rows=tuple(row for row in table.rows if row in hidden),
        withheld_row_reasons=hidden,
    )


def _columns(table: ResultTable, door: _Door) -> list[ReleasedColumn]:
    columns = []
    for column in table.columns:
        people = door.tree.answer_sets(door.tree.people_of(table.request, column.code))
        base = _base(column, table, people, door.rules)
        why = _why(column, table, base, people, door)
        if why is None:
            columns.append(_released_column(column, table, base, people, door.rules))
        else:
            columns.append(_standing(column.code, table, people, why, door) or _withheld(column.code, why))
    return columns


def _standing(
    code: str, table: ResultTable, people: AnswerSets, why: WithheldReason, door: _Door
) -> ReleasedColumn | None:
    """What was published of a group that too few joined since, to the digit."""
    if why is not WithheldReason.JOINED or door.earlier is None:
        return None
    stands = door.earlier.carried_column(table.request.item, people, table.rows)
    return None if stands is None else replace(stands, code=code)


def _base(column: Column, table: ResultTable, people: AnswerSets, rules: DisclosureRules) -> int:
    about = label_in_dataset(_state(column, table.origin, people), count_label(table.request.item, people))
    return rules.noise.perturb(column.base, column.keys.base, about)


def _why(column: Column, table: ResultTable, base: int, people: AnswerSets, door: _Door) -> WithheldReason | None:
    """Why a group is not shown, as far as it is not for what its people answered."""
    near = column_has_close_superset(column, door.rules, count_label(table.request.item, people))
    if base < door.rules.base_threshold:
        return WithheldReason.FEW
    if near:
        return WithheldReason.NEAR
    joined = door.earlier is None or not door.earlier.is_column_too_near(table.request, column)
    return None if joined else WithheldReason.JOINED


def _rows_held_back(table: ResultTable, shown: Collection[str], door: _Door) -> dict[str, WithheldReason]:
    """Rows that are groups, or are cut by what is sensitive, and would not be shown as columns: of everyone, or of the
    people of one of the columns that are `shown`. The first reason that is met stands for each.

    Raises ValueError where nobody counted them as such.
    """
    codes, rules = [column.code for column in table.columns], door.rules
    if tuple(each.request for each in table.transposed) != transposed_requests(
        table.request, codes, rules.groups, rules.sensitive
    ):
        raise ValueError(f"{table.request}: its rows were not counted as columns")
    found: dict[str, WithheldReason] = {}
    for each in transposed_tables(table, shown):
        for column in _columns(each, door):
            why = WithheldReason.JOINED if column.carried_from else column.withheld_reason
            if why is not None:
                found.setdefault(column.code, why)
    return found


def _without(column: ReleasedColumn, hidden: Sequence[WithheldReason | None]) -> ReleasedColumn:
    cells = zip(column.cells, hidden, strict=bool(column.cells))
    return replace(
        column, cells=tuple(ReleasedCell(None, None, withheld_reason=why) if why else cell for cell, why in cells)
    )


def _released_column(
    column: Column, table: ResultTable, base: int, people: AnswerSets, rules: DisclosureRules
) -> ReleasedColumn:
    """A group that nothing but its answers could withhold; `base` has its noise."""
    item, noise, keys = table.request.item, rules.noise, column.keys
    state = _state(column, table.origin, people)

    def seen(count: int, key: int, row: str) -> int:
        return noise.perturb(count, key, label_in_dataset(state, count_label(item, people, row)))

    cells = tuple(
        _released_cell(seen(count, key, row), seen(column.base - count, keys.base - key, _others(row, table)), rules)
        for row, count, key in zip(table.rows, column.counts, keys.counts, strict=True)
    )
    # One that nearly all of a group gave would be known of each of them: then the group looks like one that is small.
    if item in rules.sensitive and any(cell.withheld_reason == WithheldReason.ALIKE for cell in cells):
        return _withheld(column.code, WithheldReason.FEW)
    missing = _missing(column, table, state, people, rules)
    return ReleasedColumn(
        column.code,
        base,
        cells,
        {reason: count if count >= rules.smallest_count else None for reason, count in missing.items()},
    )


def _missing(
    column: Column, table: ResultTable, state: int, people: AnswerSets, rules: DisclosureRules
) -> dict[Missing, int]:
    """With noise. Who was not asked is the same for all items of one condition, and so is its noise: with noise of its
    own, each such item would be another look at how many gave the answer that the condition asks for."""
    own = label_in_dataset(state, count_label(table.request.item, people))
    about = dict.fromkeys(Missing, own)
    if table.asked_when:
        about[Missing.NOT_ASKED] = label_in_dataset(state, count_label(f"not asked: {table.asked_when}", people))
    keys = column.keys.missing
    return {reason: rules.noise.perturb(column.missing[reason], keys[reason], about[reason]) for reason in Missing}


def _state(column: Column, origin: DataOrigin, people: AnswerSets) -> int:
    """What a group's noise holds for: one dataset, known by all of its record keys. A group that nobody joins any more
    keeps its noise as long as it is the same people."""
    return (
        (column.keys.base + sum(column.keys.missing.values())) % KEY_MODULUS
        if is_closed_group(people)
        else origin.key or 0
    )


def _others(row: str, table: ResultTable) -> str:
    """What those are counted as who gave another answer: of two answers it is the other one, and its number decides."""
    other = [each for each in table.rows if each != row]
    return other[0] if len(other) == 1 and not table.multiple else f"{row} not"


def _withheld(code: str, why: WithheldReason) -> ReleasedColumn:
    return ReleasedColumn(code, None, (), dict.fromkeys(Missing), why)


def _released_cell(count: int, others: int, rules: DisclosureRules) -> ReleasedCell:
    """Both numbers have their noise already. Shares are made later, of what is shown of the whole column."""
    if count < rules.smallest_count:
        return ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)
    if others < rules.smallest_count:
        return ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE)
    return ReleasedCell(count, None)
