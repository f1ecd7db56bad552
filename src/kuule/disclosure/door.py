"""The door: exact tables in, tables that anyone may see out. docs/explanation/disclosure.md says what it holds against.

First what is small or nearly everyone is hidden; then numbers that would give a hidden one away are hidden too, until
an attack with all the sums of the release narrows no hidden number; then the rest is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable

from kuule.disclosure.pool import Hidden, Pool, base_key, cell_key, missing_key
from kuule.disclosure.protecting import protect
from kuule.disclosure.rules import Rules
from kuule.errors import Problem, PublishingError
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable
from kuule.tables.result import Column, Origin, ResultTable


def release(tables: Iterable[ResultTable], rules: Rules) -> tuple[ReleasedTable, ...]:
    """The tables of one release, considered together, in their order.

    Raises PublishingError REPORT_021 where they were not counted from one dataset: sums across datasets cannot be
    checked.
    """
    tables = tuple(tables)
    origins = {table.origin for table in tables}
    if len(origins) > 1:
        names = ", ".join(sorted(f"{origin.study} {origin.dataset}" for origin in origins))
        raise PublishingError(
            Problem(
                "REPORT_021", "release", f"tables of different datasets ({names})", "count all tables from one dataset"
            )
        )
    if not tables:
        return ()
    pool = protect(tables, rules)
    origin = release_origin(origins.pop(), rules)
    return tuple(_released(table, origin, pool, rules) for table in tables)


def release_origin(origin: Origin, rules: Rules) -> ReleasedOrigin:
    """Where a release comes from, its number of responses rounded, or None where it is below the smallest base."""
    enough = origin.responses >= rules.smallest_base
    return ReleasedOrigin(
        study=origin.study,
        dataset=origin.dataset,
        editions=origin.editions,
        rehearsal=origin.rehearsal,
        responses=rules.round(origin.responses) if enough else None,
        languages=origin.languages,
        unopened=origin.unopened,
        smallest_count=rules.threshold,
        smallest_base=rules.smallest_base,
        rounding=rules.rounding,
        key_fingerprints=origin.key_fingerprints,
    )


def _released(table: ResultTable, origin: ReleasedOrigin, pool: Pool, rules: Rules) -> ReleasedTable:
    return ReleasedTable(
        request=table.request,
        origin=origin,
        rows=table.rows,
        columns=tuple(_released_column(table, column, pool, rules) for column in table.columns),
        multiple=table.multiple,
        overlapping=table.overlapping,
        smallest_count=rules.threshold,
        smallest_base=rules.smallest_base,
        rounding=rules.rounding,
    )


def _released_column(table: ResultTable, column: Column, pool: Pool, rules: Rules) -> ReleasedColumn:
    if base_key(table, column) in pool.hidden:
        return ReleasedColumn(column.code, None, (), dict.fromkeys(Missing))
    base = rules.round(column.base)
    cells = []
    for row, count in zip(table.rows, column.counts, strict=True):
        hidden: Hidden | None = pool.hidden.get(cell_key(table, column, row))
        cells.append(ReleasedCell(None, None) if hidden else _released_cell(rules.round(count), base))
    missing = {
        reason: None if missing_key(table, column, reason) in pool.hidden else rules.round(column.missing[reason])
        for reason in Missing
    }
    return ReleasedColumn(column.code, base, tuple(cells), missing)


def _released_cell(count: int, base: int) -> ReleasedCell:
    """`count` and `base` are rounded already; the share is made of nothing else."""
    return ReleasedCell(count, min(100, (200 * count + base) // (2 * base)))
