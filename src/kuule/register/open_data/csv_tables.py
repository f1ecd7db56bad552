"""The tables of an export: columns with their types, and texts that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.core.formula_escaping import escape_formulas

CellContent = str | int | bool | date | None
_SEVERAL = " "
"""Between several numbers or ids in a cell. A comma or a semicolon could cut it in two."""


class ColumnType(StrEnum):
    """The types of Table Schema (Frictionless Data) that a register needs."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name, its type, and what stands in it. `values` are all that can, where there are few."""

    name: str
    type: ColumnType
    title: str
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A table: its name, what a row of it is, its columns, and its rows in the order of the columns. `key` are the
    columns that together name a row, `refers_to` the columns that name rows of other tables."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[tuple[CellContent, ...]]
    key: tuple[str, ...]
    refers_to: Mapping[str, str]
    """By column of this table, the table whose key it names."""


def several(values: Iterable[object]) -> str | None:
    """Several values in one cell, None for none."""
    return _SEVERAL.join(map(str, values)) or None


def csv_text(table: RegisterTable) -> str:
    """The table as CSV (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_written(cell) for cell in row] for row in table.rows])
    return stream.getvalue()


def _written(cell: CellContent) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return escape_formulas(cell) if isinstance(cell, str) else str(cell)
