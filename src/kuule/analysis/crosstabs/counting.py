"""Frequencies and cross-tables: exact counts, every column with its own base and its own missing counts.

All tables of a call are counted together, in one look at the dataset, which may be larger than the memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kuule.analysis.crosstabs.axes import Axis, check_request, cut_axis, item_axis, restrict_axis, subpopulation_filter
from kuule.analysis.crosstabs.cell_counts import CellCounter, CountsAndKeys
from kuule.analysis.crosstabs.cell_index import (
    BASE,
    MISSING_ROWS,
    IndexPart,
    group_index_parts,
    row_index_parts,
    row_key,
)
from kuule.analysis.crosstabs.supersets import superset_requests, with_supersets
from kuule.core.problems import PublishingError
from kuule.dataset.cleaning import apply_cleaning
from kuule.dataset.schema.chunks import CHUNK_ROWS
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.thresholds import declared_groups
from kuule.disclosure.transposed import transposed_requests
from kuule.tables.request import TableRequest
from kuule.tables.result import CellKeys, Column, DataOrigin, ResultTable

_NOBODY = (0, 0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One table to count: its axes, and the parts that they are counted by."""

    request: TableRequest
    rows: Axis
    groups: Axis
    asked_when: str
    row_parts: tuple[IndexPart, ...]
    group_parts: tuple[IndexPart, ...]

    @property
    def pairs(self) -> Iterable[tuple[IndexPart, IndexPart]]:
        return ((groups, rows) for groups in self.group_parts for rows in self.row_parts)


def count_tables(
    dataset: Dataset, requests: Iterable[TableRequest], *, stretch: int = CHUNK_ROWS
) -> tuple[ResultTable, ...]:
    """The tables asked for, in their order. `stretch` responses are in memory at a time.

    Each column has what is around it, and each table what it is turned round, for the door. Responses that a rule of
    cleaning set aside are not counted. A base is the people who gave an answer with content; "prefer not to say" and
    "do not know" are counted as missing.
    Raises PublishingError REPORT_010 to REPORT_013, all at once.
    """
    requests = tuple(requests)
    problems = [problem for request in requests for problem in check_request(request, dataset)]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))
    responses = apply_cleaning(dataset, stretch)
    groups = declared_groups(dataset.study)
    tree, sensitive = GroupHierarchy(groups), dataset.study.answers.sensitive
    plans = [_plan(request, dataset) for request in requests]
    turns = {plan.request: transposed_requests(plan.request, plan.groups.codes, groups, sensitive) for plan in plans}
    asked = (*requests, *dict.fromkeys(each for those in turns.values() for each in those))
    plans += [_plan(request, dataset) for request in asked[len(requests) :]]
    around = superset_requests({plan.request: plan.groups.codes for plan in plans}, tree)
    plans += [_plan(request, dataset) for request in around]
    cells = CellCounter(pair for plan in plans for pair in plan.pairs)
    cells.fill(dataset.frame, responses.kept, stretch)
    tables = [_table(plan, cells, responses.origin) for plan in plans]
    counted = with_supersets(tables[: len(asked)], tables[len(asked) :], tree)
    columns = dict(zip(asked, counted, strict=True))
    return tuple(replace(columns[each], transposed=tuple(columns[other] for other in turns[each])) for each in requests)


def _plan(request: TableRequest, dataset: Dataset) -> _Plan:
    item = dataset.codebook.items[request.item]
    rows = item_axis(item)
    groups = cut_axis(request.cut, dataset)
    if request.within is not None:
        groups = restrict_axis(groups, subpopulation_filter(request.within, dataset))
    name = f"{request.cut} within {request.within}"
    return _Plan(
        request, rows, groups, item.asked_when, row_index_parts(request.item, rows), group_index_parts(name, groups)
    )


def _table(plan: _Plan, cells: CellCounter, origin: DataOrigin) -> ResultTable:
    counts: CountsAndKeys = {}
    for groups, rows in plan.pairs:
        counts.update(cells.counts_and_keys(groups, rows))
    return ResultTable(
        request=plan.request,
        origin=origin,
        rows=plan.rows.codes,
        columns=tuple(_column(code, plan.rows.codes, counts) for code in plan.groups.codes),
        multiple=plan.rows.code is None,
        overlapping=plan.groups.code is None,
        asked_when=plan.asked_when,
    )


def _column(group: str, rows: Iterable[str], counts: CountsAndKeys) -> Column:
    base, base_key = counts.get((group, BASE), _NOBODY)
    cells = [counts.get((group, row_key(code)), _NOBODY) for code in rows]
    missing = {reason: counts.get((group, name), _NOBODY) for reason, name in MISSING_ROWS.items()}
    return Column(
        code=group,
        base=base,
        counts=tuple(count for count, _ in cells),
        missing={reason: count for reason, (count, _) in missing.items()},
        keys=CellKeys(base_key, tuple(key for _, key in cells), {reason: key for reason, (_, key) in missing.items()}),
    )
