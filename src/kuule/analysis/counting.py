"""Frequencies and cross-tables: exact counts, every column with its own base and its own missing counts.

All tables of a call are counted in one lazy pass over the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuule.analysis.axes import Axis, check, cut_axis, item_axis
from kuule.analysis.routes import routes_of
from kuule.dataset.read import Dataset
from kuule.errors import PublishingError
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import Column, ResultTable

_BASE = "base"
_REASONS = {reason: f"missing:{reason}" for reason in Missing}


@dataclass(frozen=True, slots=True)
class _Plan:
    """One table to count: its axes and the lazy counts, by one query or one a group."""

    request: TableRequest
    rows: Axis
    groups: Axis
    queries: tuple[pl.LazyFrame, ...]


def count_tables(dataset: Dataset, requests: Iterable[TableRequest]) -> tuple[ResultTable, ...]:
    """The tables asked for, in their order.

    A base is the people who gave an answer with content; "prefer not to say" and "do not know" are counted as missing.
    Raises PublishingError REPORT_010 to REPORT_012, all at once.
    """
    requests = tuple(requests)
    problems = [problem for request in requests for problem in check(request, dataset.codebook)]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))
    plans = [_plan(request, dataset) for request in requests]
    routes = routes_of(dataset.frame, {plan.request.item: plan.rows for plan in plans})
    counted = iter(pl.collect_all([query for plan in plans for query in plan.queries]))
    tables = [_table(plan, [next(counted) for _ in plan.queries], dataset) for plan in plans]
    return tuple(replace(table, routes=routes[table.request.item]) for table in tables)


def _plan(request: TableRequest, dataset: Dataset) -> _Plan:
    rows = item_axis(dataset.codebook.items[request.item])
    groups = cut_axis(request.cut, dataset.codebook)
    missing = pl.col(f"{request.item}:missing").cast(pl.String)
    queries: tuple[pl.LazyFrame, ...]
    if groups.code is not None:
        queries = (_query(dataset.frame, groups.code, rows, missing),)
    else:
        queries = tuple(
            _query(dataset.frame.filter(flag), pl.lit(code), rows, missing) for code, flag in groups.flags.items()
        )
    return _Plan(request, rows, groups, queries)


def _query(frame: pl.LazyFrame, group: pl.Expr, rows: Axis, missing: pl.Expr) -> pl.LazyFrame:
    """Long counts: (group, code, count), where a code is a row, the base or a reason."""
    if rows.code is not None:
        code = pl.coalesce(rows.code, pl.lit("missing:") + missing)
        selected = frame.select(group.alias("group"), code.alias("code"))
        return selected.group_by("group", "code").len("count").with_columns(pl.col("count").cast(pl.Int64))
    counts = [flag.cast(pl.Int64).alias(f"row:{code}") for code, flag in rows.flags.items()]
    reasons = [
        (missing == str(reason)).fill_null(value=False).cast(pl.Int64).alias(name) for reason, name in _REASONS.items()
    ]
    base = missing.is_null().cast(pl.Int64).alias(_BASE)
    selected = frame.select(group.alias("group"), base, *counts, *reasons)
    return (
        selected.group_by("group").agg(pl.all().sum()).unpivot(index="group", variable_name="code", value_name="count")
    )


def _table(plan: _Plan, frames: Sequence[pl.DataFrame], dataset: Dataset) -> ResultTable:
    counts: dict[tuple[str, str], int] = {}
    for frame in frames:
        counts |= {(group, code): count for group, code, count in frame.select("group", "code", "count").iter_rows()}
    multiple = plan.rows.code is None
    return ResultTable(
        request=plan.request,
        origin=dataset.origin,
        rows=plan.rows.codes,
        columns=tuple(_column(code, plan.rows.codes, counts, multiple=multiple) for code in plan.groups.codes),
        multiple=multiple,
        overlapping=plan.groups.code is None,
    )


def _column(group: str, rows: Sequence[str], counts: Mapping[tuple[str, str], int], *, multiple: bool) -> Column:
    prefix = "row:" if multiple else ""
    cells = tuple(counts.get((group, f"{prefix}{row}"), 0) for row in rows)
    return Column(
        code=group,
        base=counts.get((group, _BASE), 0) if multiple else sum(cells),
        counts=cells,
        missing={reason: counts.get((group, name), 0) for reason, name in _REASONS.items()},
    )
