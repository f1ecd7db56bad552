"""Which answers lead to which questions, read from who was asked: the questionnaire is public, so an intruder knows it.

A route found here may be chance in a small dataset. The door then guards against more than anyone knows, never less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

import polars as pl

from kuule.analysis.axes import Axis
from kuule.tables.missing import Missing
from kuule.tables.result import ANSWERED, Route

_PATTERN = "pattern"
_LINE = "line"


def routes_of(frame: pl.LazyFrame, items: Mapping[str, Axis]) -> Mapping[str, tuple[Route, ...]]:
    """The routes to each item of `items` from each other one that tells who was not asked."""
    names = tuple(items)
    not_asked = [pl.col(f"{name}:missing").cast(pl.String).eq_missing(str(Missing.NOT_ASKED)) for name in names]
    pattern = pl.concat_str([flag.cast(pl.Int8).cast(pl.String) for flag in not_asked]).alias(_PATTERN)
    lines = [frame.select(pattern, _line(name, axis).alias(_LINE)).unique() for name, axis in items.items()]
    flags = [frame.select(pattern, *_flags(axis)).unique() for axis in items.values() if axis.code is None]
    counted = iter(pl.collect_all([*lines, *flags]))
    found: dict[str, list[Route]] = {name: [] for name in names}
    for name in names:
        _note(found, names, name, _by_line(next(counted).iter_rows()))
    for name in (name for name, axis in items.items() if axis.code is None):
        seen = next(counted)
        for code in seen.columns[1:]:
            patterns = _by_line(
                (pattern, code if chosen else "") for pattern, chosen in seen.select(_PATTERN, code).rows()
            )
            _note(found, names, name, patterns)
    return {name: tuple(dict.fromkeys(routes)) for name, routes in found.items()}


def _line(name: str, axis: Axis) -> pl.Expr:
    """Where a person stands: an answer, or "@answered" where there can be several; else the reason for none."""
    missing = pl.lit("@") + pl.col(f"{name}:missing").cast(pl.String)
    answer = axis.code if axis.code is not None else pl.lit(ANSWERED)
    return missing.fill_null(answer)


def _flags(axis: Axis) -> list[pl.Expr]:
    return [flag.alias(code) for code, flag in axis.flags.items()]


def _by_line(rows: Iterable[tuple[str, str]]) -> Mapping[str, Set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pattern, line in rows:
        found[line].add(pattern)
    return found


def _note(
    found: Mapping[str, list[Route]], names: tuple[str, ...], question: str, lines: Mapping[str, Set[str]]
) -> None:
    """Add the routes from one question to the items that people of some of its lines were never asked."""
    for number, name in enumerate(names):
        told = {line: {pattern[number] for pattern in patterns} for line, patterns in sorted(lines.items())}
        always, never = (tuple(line for line, flags in told.items() if flags == {flag}) for flag in "01")
        sometimes = tuple(line for line in told if line not in always and line not in never)
        if name != question and never and len(never) < len(told):
            found[name].append(Route(question, always, sometimes, never))
