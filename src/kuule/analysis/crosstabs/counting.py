"""Frequencies and cross-tables: exact counts, every column with its own base and its own missing counts.

All tables of a call are counted together, in one pass over the dataset, which may be larger than the memory. Nothing
here knows which tables may be released: the further tables that disclosure control needs are requested like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kuule.analysis.crosstabs.axes import Axis, cut_axis, item_axis, restrict_axis, subpopulation_filter
from kuule.analysis.crosstabs.cell_counts import CellCounter, CountsAndKeys
from kuule.analysis.crosstabs.cell_index import (
    BASE,
    MISSING_ROWS,
    IndexPart,
    group_index_parts,
    row_index_parts,
    row_key,
)
from kuule.analysis.crosstabs.code_tables import code_table
from kuule.dataset.cleaning import CleaningPass
from kuule.dataset.schema.chunks import CHUNK_ROWS, read_chunks, read_rows
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.tables.request import CODES_MARK, TableRequest, is_code_item
from kuule.tables.result import CellKeys, Column, DataOrigin, ResultTable

_NOBODY = (0, 0)
_NO_ANSWERS = Axis((), None, {})
"""Of what people wrote, only who wrote nothing is counted among the responses."""


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

    The requests must have passed `check_requests`, or be made from such requests by disclosure control. Responses that
    a cleaning rule excluded are not counted. A base is the number of people who gave a substantive answer; "prefer not
    to say" and "do not know" are counted as missing.
    """
    cuts: dict[str | None, Axis] = {}
    plans = [_plan(request, dataset, cuts) for request in requests]
    cells = CellCounter(pair for plan in plans for pair in plan.pairs)
    origin = _count_kept(dataset, cells, stretch)
    return tuple(_table(plan, cells, origin, dataset) for plan in plans)


def _count_kept(dataset: Dataset, cells: CellCounter, stretch: int) -> DataOrigin:
    """Count the responses that no cleaning rule sets aside, reading all once: only when all were read it is known which
    are duplicates, so these are counted and taken out again."""
    cleaning = CleaningPass(dataset)
    for chunk in read_chunks(dataset.frame, [RECORD_KEY, *cells.columns, *cleaning.columns], stretch):
        cells.add(chunk.select(RECORD_KEY, *cells.names).filter(cleaning.add(chunk)))
    result = cleaning.result(stretch)
    for chunk in read_rows(dataset.frame, [RECORD_KEY, *cells.columns], result.late, stretch):
        cells.remove(chunk)
    cells.check_total(int(result.kept.sum()))
    return result.origin


def _plan(request: TableRequest, dataset: Dataset, cuts: dict[str | None, Axis]) -> _Plan:
    """How one table is counted. `cuts` caches the axis of each cut, because that of the quarters reads the dataset."""
    item = dataset.codebook.items[request.item]
    rows = _NO_ANSWERS if is_code_item(request.item) else item_axis(item)
    if request.cut not in cuts:
        cuts[request.cut] = cut_axis(request.cut, dataset)
    groups = cuts[request.cut]
    if request.within is not None:
        groups = restrict_axis(groups, subpopulation_filter(request.within, dataset))
    name = f"{request.cut} within {request.within}"
    return _Plan(
        request,
        rows,
        groups,
        item.asked_when,
        row_index_parts(request.item.removesuffix(CODES_MARK), rows),
        group_index_parts(name, groups),
    )


def _table(plan: _Plan, cells: CellCounter, origin: DataOrigin, dataset: Dataset) -> ResultTable:
    counts: CountsAndKeys = {}
    for groups, rows in plan.pairs:
        counts.update(cells.counts_and_keys(groups, rows))
    counted = ResultTable(
        request=plan.request,
        origin=origin,
        rows=plan.rows.codes,
        columns=tuple(_column(code, plan.rows.codes, counts) for code in plan.groups.codes),
        multiple=plan.rows.code is None,
        overlapping=plan.groups.code is None,
        asked_when=plan.asked_when,
    )
    coded = dataset.coded.get(plan.request.item)
    return counted if coded is None else code_table(counted, coded)


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
