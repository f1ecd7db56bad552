"""From exact tables to tables that anybody may see. docs/explanation/disclosure.md says what this protects against.

Every number gets its noise first (the cell-key method). Only the numbers with noise then decide what is shown, so that
what is withheld reveals no more than those numbers would.
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
    label_in_dataset,
)
from kuule.disclosure.query_budget import check_query_budget
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.required_tables import ReleaseCandidate, required_transposes
from kuule.disclosure.shares import with_shares
from kuule.disclosure.successive_releases import EarlierReleases, is_closed_group
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import QUARTER, TableRequest
from kuule.tables.result import KEY_MODULUS, Column, DataOrigin, ResultTable


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a column counts, whatever its names in this dataset are: the question, and its people."""

    item: str
    people: AnswerSets

    def label(self, row: str | None = None) -> str:
        return count_label(self.item, self.people, row)


@dataclass(frozen=True, slots=True)
class _ReleaseContext:
    """What every table of one release is compared with. `tree` is the hierarchy of the groups of `rules`."""

    rules: DisclosureRules
    tree: GroupHierarchy
    earlier: EarlierReleases | None

    def identify_column(self, request: TableRequest, code: str) -> _Counted:
        people = self.tree.answer_sets(self.tree.people_of(request, code))
        return _Counted(*self.tree.over_editions(request.item, people))


def release(
    candidates: Iterable[ReleaseCandidate], rules: DisclosureRules, *, earlier: EarlierReleases | None = None
) -> tuple[ReleasedTable, ...]:
    """The tables of one release, in their order. `earlier` is what was shown of other datasets.

    Raises PublishingError: REPORT_021 if they were not counted from one dataset, REPORT_022 if a question appears in
    more than MAX_TABLES_PER_QUESTION of them. Raises ValueError if a table that one of them must be held against is
    missing.
    """
    candidates = tuple(candidates)
    origins = {candidate.table.origin for candidate in candidates}
    if len(origins) > 1:
        names = ", ".join(sorted(f"{origin.study} {origin.dataset}" for origin in origins))
        cause = f"tables of different datasets ({names})"
        raise PublishingError(Problem("REPORT_021", "release", cause, "count all tables from one dataset"))
    if not candidates:
        return ()
    requests = [candidate.request for candidate in candidates]
    check_query_budget(requests, rules)
    origin = release_origin(origins.pop(), rules, requests, earlier=earlier)
    standard = _ReleaseContext(rules, GroupHierarchy(rules.groups, rules.versions), earlier)
    return tuple(_released(candidate, origin, standard) for candidate in candidates)


def _released(candidate: ReleaseCandidate, origin: ReleasedOrigin, standard: _ReleaseContext) -> ReleasedTable:
    table, columns = candidate.table, _columns(candidate, standard)
    own = [column.code for column in columns if column.base is not None and not column.carried_from]
    withheld = _withheld_rows(candidate, own, standard)
    if withheld:
        columns = [_without_rows(column, [withheld.get(row) for row in table.rows]) for column in columns]
    if table.request.cut == QUARTER:
        # Only quarters with an answer are listed, so a quarter with few people must look like one with nobody.
        columns = [column for column in columns if column.base is not None]
    return ReleasedTable(
        request=table.request,
        origin=origin,
        rows=table.rows,
        columns=tuple(with_shares(column, multiple=table.multiple) for column in columns),
        multiple=table.multiple,
        overlapping=table.overlapping,
        smallest_count=standard.rules.smallest_count,
        smallest_base=standard.rules.smallest_base,
        withheld_rows=tuple(row for row in table.rows if row in withheld),
        withheld_row_reasons=withheld,
    )


def _columns(candidate: ReleaseCandidate, standard: _ReleaseContext) -> list[ReleasedColumn]:
    table, columns = candidate.table, []
    for column in table.columns:
        counted = standard.identify_column(table.request, column.code)
        base = _noisy_base(column, table, counted, standard.rules)
        why = _why_withheld(column, candidate, base, counted, standard)
        if why is None:
            columns.append(_released_column(column, table, base, counted, standard.rules))
        else:
            carried = _carried_forward(column.code, table, counted, why, standard)
            columns.append(carried or _withheld_column(column.code, why))
    return columns


def _carried_forward(
    code: str, table: ResultTable, counted: _Counted, why: WithheldReason, standard: _ReleaseContext
) -> ReleasedColumn | None:
    """What was published of a group that too few people have joined since, unchanged; None if nothing was."""
    if why is not WithheldReason.JOINED or standard.earlier is None:
        return None
    carried = standard.earlier.carried_column(counted.item, counted.people, table.rows)
    return None if carried is None else replace(carried, code=code)


def _noisy_base(column: Column, table: ResultTable, counted: _Counted, rules: DisclosureRules) -> int:
    about = label_in_dataset(_noise_state(column, table.origin, counted.people), counted.label())
    return rules.noise.perturb(column.base, column.keys.base, about)


def _why_withheld(
    column: Column, candidate: ReleaseCandidate, base: int, counted: _Counted, standard: _ReleaseContext
) -> WithheldReason | None:
    """Why a group is withheld whatever its people answered; None if only their answers can cause it to be withheld."""
    rules, earlier = standard.rules, standard.earlier
    if base < rules.base_threshold:
        return WithheldReason.FEW
    if column_has_close_superset(column, candidate.supersets[column.code], rules, counted.label()):
        return WithheldReason.NEAR
    few_joined = earlier is not None and earlier.is_column_too_near(candidate, column)
    return WithheldReason.JOINED if few_joined else None


def _withheld_rows(
    candidate: ReleaseCandidate, shown: Collection[str], standard: _ReleaseContext
) -> dict[str, WithheldReason]:
    """The rows that would be withheld if they were columns, of everyone or within one of the columns that are `shown`,
    each with the first reason found. This concerns only rows that are groups or that are cut by a sensitive question.

    Raises ValueError if the transposed tables that decide it were not counted.
    """
    required = required_transposes(candidate, standard.rules)
    if tuple(each.request for each in candidate.transposed) != required:
        raise ValueError(f"{candidate.request}: its rows were not counted as columns")
    found: dict[str, WithheldReason] = {}
    for each in candidate.shown_transposes(shown):
        for column in _columns(each, standard):
            why = WithheldReason.JOINED if column.carried_from else column.withheld_reason
            if why is not None:
                found.setdefault(column.code, why)
    return found


def _without_rows(column: ReleasedColumn, withheld: Sequence[WithheldReason | None]) -> ReleasedColumn:
    cells = zip(column.cells, withheld, strict=bool(column.cells))
    return replace(
        column, cells=tuple(ReleasedCell(None, None, withheld_reason=why) if why else cell for cell, why in cells)
    )


def _released_column(
    column: Column, table: ResultTable, base: int, counted: _Counted, rules: DisclosureRules
) -> ReleasedColumn:
    """The column of a group that only its answers can cause to be withheld. `base` already has its noise."""
    item, noise, keys = table.request.item, rules.noise, column.keys
    state = _noise_state(column, table.origin, counted.people)

    def seen(count: int, key: int, row: str) -> int:
        return noise.perturb(count, key, label_in_dataset(state, counted.label(row)))

    cells = tuple(
        _released_cell(
            seen(count, key, row), seen(column.base - count, keys.base - key, _label_of_others(row, table)), rules
        )
        for row, count, key in zip(table.rows, column.counts, keys.counts, strict=True)
    )
    # An answer that nearly all of a group gave would be known of each of them. In a sensitive question the whole group
    # is then withheld, and it looks like a small group.
    if item in rules.sensitive and any(cell.withheld_reason == WithheldReason.ALIKE for cell in cells):
        return _withheld_column(column.code, WithheldReason.FEW)
    missing = _noisy_missing(column, table, state, counted, rules)
    return ReleasedColumn(
        column.code,
        base,
        cells,
        {reason: count if count >= rules.smallest_count else None for reason, count in missing.items()},
    )


def _noisy_missing(
    column: Column, table: ResultTable, state: int, counted: _Counted, rules: DisclosureRules
) -> dict[Missing, int]:
    """How many people have no answer, for each reason, with noise. Items with the same condition are not asked of the
    same people, so "not asked" has the same noise in all of them. If it had its own noise in each, every such item
    would measure again how many gave the answer that the condition requires."""
    own = label_in_dataset(state, counted.label())
    about = dict.fromkeys(Missing, own)
    if table.asked_when:
        about[Missing.NOT_ASKED] = label_in_dataset(
            state, count_label(f"not asked: {table.asked_when}", counted.people)
        )
    keys = column.keys.missing
    return {reason: rules.noise.perturb(column.missing[reason], keys[reason], about[reason]) for reason in Missing}


def _noise_state(column: Column, origin: DataOrigin, people: AnswerSets) -> int:
    """The number that makes the noise of a group differ between datasets: the cell key of all responses. A group that
    nobody can join any more has its own cell key instead, so it keeps its noise as long as its people are the same."""
    return (
        (column.keys.base + sum(column.keys.missing.values())) % KEY_MODULUS
        if is_closed_group(people)
        else origin.key or 0
    )


def _label_of_others(row: str, table: ResultTable) -> str:
    """The label of those who gave another answer. If there are only two answers it is the other one, so that the same
    number decides on both."""
    other = [each for each in table.rows if each != row]
    return other[0] if len(other) == 1 and not table.multiple else f"{row} not"


def _withheld_column(code: str, why: WithheldReason) -> ReleasedColumn:
    return ReleasedColumn(code, None, (), dict.fromkeys(Missing), why)


def _released_cell(count: int, others: int, rules: DisclosureRules) -> ReleasedCell:
    """A cell without its share, which is calculated later from what is shown of the whole column. `count` and `others`,
    the people who gave another answer, already have their noise."""
    if count < rules.smallest_count:
        return ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)
    if others < rules.smallest_count:
        return ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE)
    return ReleasedCell(count, None)
