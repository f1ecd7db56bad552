"""A table of a dataset as numbers: one column for each export column, with reasons for missing answers as numbers below
zero. Texts and dates stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuule.dataset.exports.export_variables.export_columns import (
    MISSING_NUMBERS,
    YES_NO,
    ColumnKind,
    ExportColumn,
    reason_column,
)
from kuule.dataset.exports.export_variables.variable_names import variable_names


@dataclass(frozen=True, slots=True)
class NumericTable:
    """A table as numbers. `frame` has a column for each of `columns`, named by its `source`."""

    frame: pl.DataFrame
    columns: tuple[ExportColumn, ...]


def numeric_table(table: pl.DataFrame, columns: Sequence[ExportColumn]) -> NumericTable:
    """The numbers of a table of a dataset.

    A measured number below zero could be mistaken for a reason. A column that has one gets its reasons in a column of
    its own.
    """
    parted = tuple(part for column in columns for part in _parted(table, column))
    return NumericTable(table.select(_values(column).alias(column.source) for column in parted), parted)


def named_numbers(
    table: pl.DataFrame, columns: Sequence[ExportColumn], longest: int
) -> tuple[NumericTable, dict[str, str]]:
    """The same, with the name of each column as a variable of at most `longest` characters."""
    numbers = numeric_table(table, columns)
    return numbers, variable_names((column.source for column in numbers.columns), longest)


def _parted(table: pl.DataFrame, column: ExportColumn) -> Iterator[ExportColumn]:
    below = column.kind is ColumnKind.NUMBER and table.select((pl.col(column.source) < 0).any()).item()
    if not below or column.item is None or not column.reasons:
        yield column
        return
    yield replace(column, reasons=())
    yield reason_column(column.item)


def _values(column: ExportColumn) -> pl.Expr:
    given = _answers(column)
    if not column.reasons:
        return pl.col(column.source) if given is None else given
    numbers = {str(reason): MISSING_NUMBERS[reason] for reason in column.reasons}
    reasons = pl.col(column.missing).cast(pl.String).replace_strict(numbers, default=None, return_dtype=pl.Int64)
    return reasons if given is None else pl.coalesce(given, reasons)


def _answers(column: ExportColumn) -> pl.Expr | None:
    """The answers of a column, or None if it has reasons only."""
    if column.source == column.missing:
        return None
    values = pl.col(column.source)
    if column.kind is ColumnKind.TEXT:
        return values.cast(pl.String)
    if column.kind is not ColumnKind.CODE:
        return values
    if column.codes == YES_NO:
        return values.cast(pl.Int64)
    return values.cast(pl.String).replace_strict(column.codes, default=None, return_dtype=pl.Int64)
