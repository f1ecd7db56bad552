"""Frequencies and cross-tables: exact counts, every column with its own base and its own missing counts.

All tables of a call are counted in one lazy pass over the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from kuule.analysis.around import requests_around, with_around
from kuule.analysis.axes import Axis, check, cut_axis, inside, item_axis
from kuule.dataset.cleaning import cleaned, cleaned_origin
from kuule.dataset.columns import RECORD_KEY
from kuule.dataset.read import Dataset
from kuule.disclosure.nearness import Tree
from kuule.disclosure.rules import declared
from kuule.errors import PublishingError
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import KEYS, Column, Keys, Origin, ResultTable

_BASE = "base"
_REASONS = {reason: f"missing:{reason}" for reason in Missing}
_NUMBER, _KEY = "n", "k"
"""Before the name of a column of counts, and before that of its cell keys."""
_COUNT = pl.len().cast(pl.Int64).alias("count")
_Counts = dict[tuple[str, str], tuple[int, int]]
"""(group, code): count and cell key."""
_NOBODY = (0, 0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One table to count: its axes and the lazy counts, by one query or one a group."""

    request: TableRequest
    rows: Axis
    groups: Axis
    queries: tuple[pl.LazyFrame, ...]


def count_tables(dataset: Dataset, requests: Iterable[TableRequest]) -> tuple[ResultTable, ...]:
    """The tables asked for, in their order.

    Each column has what is around it, for the door. Responses that a rule of cleaning set aside are not counted. A base
    is the people who gave an answer with content; "prefer not to say" and "do not know" are counted as missing.
    Raises PublishingError REPORT_010 to REPORT_013, all at once.
    """
    requests = tuple(requests)
    problems = [problem for request in requests for problem in check(request, dataset)]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))
    origin = cleaned_origin(dataset)
    frame = cleaned(dataset)
    plans = [_plan(request, dataset, frame) for request in requests]
    tree = Tree(declared(dataset.study))
    around = requests_around({plan.request: plan.groups.codes for plan in plans}, tree)
    plans += [_plan(request, dataset, frame) for request in around]
    counted = iter(pl.collect_all([query for plan in plans for query in plan.queries]))
    tables = [_table(plan, [next(counted) for _ in plan.queries], origin) for plan in plans]
    return with_around(tables[: len(requests)], tables[len(requests) :], tree)


def _plan(request: TableRequest, dataset: Dataset, frame: pl.LazyFrame) -> _Plan:
    rows = item_axis(dataset.codebook.items[request.item])
    groups = cut_axis(request.cut, dataset)
    if request.within is not None:
        frame = frame.filter(inside(request.within, dataset))
    missing = pl.col(f"{request.item}:missing").cast(pl.String)
    queries: tuple[pl.LazyFrame, ...]
    if groups.code is not None:
        queries = (_query(frame, groups.code, rows, missing),)
    else:
        queries = tuple(_query(frame.filter(flag), pl.lit(code), rows, missing) for code, flag in groups.flags.items())
    return _Plan(request, rows, groups, queries)


def _query(frame: pl.LazyFrame, group: pl.Expr, rows: Axis, missing: pl.Expr) -> pl.LazyFrame:
    """Long counts: (group, code, count, key), where a code is a row, the base or a reason."""
    record_key = pl.col(RECORD_KEY).cast(pl.UInt64)
    if rows.code is not None:
        code = pl.coalesce(rows.code, pl.lit("missing:") + missing)
        selected = frame.select(group.alias("group"), code.alias("code"), record_key)
        return selected.group_by("group", "code").agg(_COUNT, pl.col(RECORD_KEY).sum().alias("key"))
    flags = {f"row:{code}": flag for code, flag in rows.flags.items()}
    flags |= {name: (missing == str(reason)).fill_null(value=False) for reason, name in _REASONS.items()}
    flags[_BASE] = missing.is_null()
    counts = [flag.cast(pl.UInt64).alias(f"{_NUMBER}{code}") for code, flag in flags.items()]
    keys = [
        pl.when(flag).then(record_key).otherwise(pl.lit(0, pl.UInt64)).alias(f"{_KEY}{code}")
        for code, flag in flags.items()
    ]
    summed = frame.select(group.alias("group"), *counts, *keys).group_by("group").agg(pl.all().sum())
    counted, keyed = (
        summed.select("group", *(pl.col(f"{mark}{code}").alias(code) for code in flags)).unpivot(
            index="group", variable_name="code", value_name=value
        )
        for mark, value in ((_NUMBER, "count"), (_KEY, "key"))
    )
    return counted.join(keyed, on=["group", "code"])


def _table(plan: _Plan, frames: Sequence[pl.DataFrame], origin: Origin) -> ResultTable:
    counts: _Counts = {}
    for frame in frames:
        rows = frame.select("group", "code", "count", "key").iter_rows()
        counts |= {(group, code): (count, key % KEYS) for group, code, count, key in rows}
    multiple = plan.rows.code is None
    return ResultTable(
        request=plan.request,
        origin=origin,
        rows=plan.rows.codes,
        columns=tuple(_column(code, plan.rows.codes, counts, multiple=multiple) for code in plan.groups.codes),
        multiple=multiple,
        overlapping=plan.groups.code is None,
    )


def _column(group: str, rows: Sequence[str], counts: _Counts, *, multiple: bool) -> Column:
    prefix = "row:" if multiple else ""
    cells = [counts.get((group, f"{prefix}{row}"), _NOBODY) for row in rows]
    whole = (sum(count for count, _ in cells), sum(key for _, key in cells) % KEYS)
    base, base_key = counts.get((group, _BASE), _NOBODY) if multiple else whole
    missing = {reason: counts.get((group, name), _NOBODY) for reason, name in _REASONS.items()}
    return Column(
        code=group,
        base=base,
        counts=tuple(count for count, _ in cells),
        missing={reason: count for reason, (count, _) in missing.items()},
        keys=Keys(base_key, tuple(key for _, key in cells), {reason: key for reason, (_, key) in missing.items()}),
    )
