"""From exact tables to tables that anyone may see. docs/explanation/disclosure.md says what this protects against.

Every number gets its noise first (the cell-key method). What is shown is then decided from the numbers with noise and
from nothing else, so that what is withheld tells no more than those numbers would.
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
from kuule.tables.request import QUARTER
from kuule.tables.result import KEY_MODULUS, Column, DataOrigin, ResultTable


@dataclass(frozen=True, slots=True)
class _Standard:
    """What every table of one release is held to. `tree` is the hierarchy of the groups of `rules`."""

    rules: DisclosureRules
    tree: GroupHierarchy
    earlier: EarlierReleases | None


def release(
    candidates: Iterable[ReleaseCandidate], rules: DisclosureRules, *, earlier: EarlierReleases | None = None
) -> tuple[ReleasedTable, ...]:
    """The tables of one release, in their order. `earlier` is what was shown of other datasets.

    Raises PublishingError REPORT_021 where they were not counted from one dataset, REPORT_022 where one question stands
    in more than MAX_TABLES_PER_QUESTION of them; ValueError where a table came without one that it is held against.
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
    standard = _Standard(rules, GroupHierarchy(rules.groups), earlier)
    return tuple(_released(candidate, origin, standard) for candidate in candidates)


def _released(candidate: ReleaseCandidate, origin: ReleasedOrigin, standard: _Standard) -> ReleasedTable:
    table, columns = candidate.table, _columns(candidate, standard)
    own = [column.code for column in columns if column.base is not None and not column.carried_from]
    withheld = _withheld_rows(candidate, own, standard)
    if withheld:
        columns = [_without(column, [withheld.get(row) for row in table.rows]) for column in columns]
    if table.request.cut == QUARTER:
        # The quarters are those in which somebody answered: one with few people must look as if it had none.
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


def _columns(candidate: ReleaseCandidate, standard: _Standard) -> list[ReleasedColumn]:
    table, columns = candidate.table, []
    for column in table.columns:
        people = standard.tree.answer_sets(standard.tree.people_of(table.request, column.code))
        base = _base(column, table, people, standard.rules)
        why = _why_withheld(column, candidate, base, people, standard)
        if why is None:
            columns.append(_released_column(column, table, base, people, standard.rules))
        else:
            carried = _carried_forward(column.code, table, people, why, standard)
            columns.append(carried or _withheld(column.code, why))
    return columns


def _carried_forward(
    code: str, table: ResultTable, people: AnswerSets, why: WithheldReason, standard: _Standard
) -> ReleasedColumn | None:
    """What was published of a group that too few people joined since, to the digit; None where nothing was."""
    if why is not WithheldReason.JOINED or standard.earlier is None:
        return None
    carried = standard.earlier.carried_column(table.request.item, people, table.rows)
    return None if carried is None else replace(carried, code=code)


def _base(column: Column, table: ResultTable, people: AnswerSets, rules: DisclosureRules) -> int:
    about = label_in_dataset(_state(column, table.origin, people), count_label(table.request.item, people))
    return rules.noise.perturb(column.base, column.keys.base, about)


def _why_withheld(
    column: Column, candidate: ReleaseCandidate, base: int, people: AnswerSets, standard: _Standard
) -> WithheldReason | None:
    """Why a group is withheld, whatever its people answered; None where nothing but the answers can withhold it."""
    request, rules = candidate.request, standard.rules
    if base < rules.base_threshold:
        return WithheldReason.FEW
    if column_has_close_superset(column, candidate.supersets[column.code], rules, count_label(request.item, people)):
        return WithheldReason.NEAR
    few_joined = standard.earlier is not None and standard.earlier.is_column_too_near(request, column)
    return WithheldReason.JOINED if few_joined else None


def _withheld_rows(
    candidate: ReleaseCandidate, shown: Collection[str], standard: _Standard
) -> dict[str, WithheldReason]:
    """The rows that would be withheld if they were columns, each with the first reason that is met: of everyone, or of
    the people of one of the columns that are `shown`. Only rows that are groups are asked for, and rows that a
    sensitive question cuts.

    Raises ValueError where the transposed tables that tell it were not counted.
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


def _without(column: ReleasedColumn, withheld: Sequence[WithheldReason | None]) -> ReleasedColumn:
    cells = zip(column.cells, withheld, strict=bool(column.cells))
    return replace(
        column, cells=tuple(ReleasedCell(None, None, withheld_reason=why) if why else cell for cell, why in cells)
    )


def _released_column(
    column: Column, table: ResultTable, base: int, people: AnswerSets, rules: DisclosureRules
) -> ReleasedColumn:
    """A group that nothing but its answers can withhold. `base` has its noise already."""
    item, noise, keys = table.request.item, rules.noise, column.keys
    state = _state(column, table.origin, people)

    def seen(count: int, key: int, row: str) -> int:
        return noise.perturb(count, key, label_in_dataset(state, count_label(item, people, row)))

    cells = tuple(
        _released_cell(seen(count, key, row), seen(column.base - count, keys.base - key, _others(row, table)), rules)
        for row, count, key in zip(table.rows, column.counts, keys.counts, strict=True)
    )
    # An answer that nearly all of a group gave would be known of each of them. In a sensitive question the whole group
    # is withheld then, and looks like a small one.
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
    """How many people have no answer for each reason, with noise. All items under one condition are not asked of the
    same people, and so "not asked" has one noise in all of them: with noise of its own, each such item would be another
    measurement of how many gave the answer that the condition asks for."""
    own = label_in_dataset(state, count_label(table.request.item, people))
    about = dict.fromkeys(Missing, own)
    if table.asked_when:
        about[Missing.NOT_ASKED] = label_in_dataset(state, count_label(f"not asked: {table.asked_when}", people))
    keys = column.keys.missing
    return {reason: rules.noise.perturb(column.missing[reason], keys[reason], about[reason]) for reason in Missing}


def _state(column: Column, origin: DataOrigin, people: AnswerSets) -> int:
    """What the noise of a group is drawn for: one dataset, known by the sum of all its record keys. A group that nobody
    can join any more keeps its noise from dataset to dataset, as long as it is the same people."""
    return (
        (column.keys.base + sum(column.keys.missing.values())) % KEY_MODULUS
        if is_closed_group(people)
        else origin.key or 0
    )


def _others(row: str, table: ResultTable) -> str:
    """The label of those who gave another answer. Of two answers it is the other one: one number then decides both."""
    other = [each for each in table.rows if each != row]
    return other[0] if len(other) == 1 and not table.multiple else f"{row} not"


def _withheld(code: str, why: WithheldReason) -> ReleasedColumn:
    return ReleasedColumn(code, None, (), dict.fromkeys(Missing), why)


def _released_cell(count: int, others: int, rules: DisclosureRules) -> ReleasedCell:
    """A cell without its share, which is made later from what is shown of the whole column. `count` and `others`, who
    gave another answer, have their noise already."""
    if count < rules.smallest_count:
        return ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)
    if others < rules.smallest_count:
        return ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE)
    return ReleasedCell(count, None)
