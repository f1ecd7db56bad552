"""Writes a coded table as a Stata file: value labels, and reasons for missing answers as extended missing values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import MISSING_NUMBERS, ExportColumn
from kuule.dataset.exports.export_variables.label_truncation import truncate_to_characters
from kuule.dataset.exports.export_variables.numeric_table import NumericTable, named_numbers
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter
from kuule.tables.missing import Missing

MAX_NAME_LENGTH = 27
"""Stata allows 32 characters. The writer names a set of labels after its variable and a number of at most five
digits."""
MISSING_LETTERS = dict(zip(Missing, "abcdef", strict=True))
"""The letters that Stata shows as .a to .f."""
_LETTER_OF = {MISSING_NUMBERS[reason]: letter for reason, letter in MISSING_LETTERS.items()}
_LABEL, _VALUE = 80, 4000
_WHOLE = -2_147_483_647, 2_147_483_620
"""Whole numbers beyond these are written as decimals."""
_LARGEST = float.fromhex("0x1.fffffffffffffp+1022")
"""About 9e307. Stata reads all larger numbers as missing."""


def write_dta(table: NumericTable, names: Mapping[str, str], path: Path, *, language: str, title: str) -> None:
    """Write the table for Stata 14 or newer. `names` maps columns to variables; labels are in `language`."""
    columns = {names[column.source]: column for column in table.columns}
    values = {name: _with_letters(table.frame[column.source], column) for name, column in columns.items()}
    lettered = {name for name, series in values.items() if series.dtype == pl.Object}
    labels = {name: _labels(column, language, letters=name in lettered) for name, column in columns.items()}
    pyreadstat.write_dta(
        pl.DataFrame([series.rename(name) for name, series in values.items()]),
        path,
        version=14,
        file_label=truncate_to_characters(title, _LABEL),
        column_labels={name: _label(column, language) for name, column in columns.items()},
        variable_value_labels={name: said for name, said in labels.items() if said},
        missing_user_values={name: [MISSING_LETTERS[reason] for reason in columns[name].reasons] for name in lettered},
    )


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    numbers, names = named_numbers(table.frame, columns, MAX_NAME_LENGTH)
    path = folder.file(table.name, "dta")
    write_dta(numbers, names, path, language=folder.language, title=folder.title)
    folder.note_file(path, numbers.columns, names, table.frame.height)


DTA = FormatWriter(_write_table)


def _label(column: ExportColumn, language: str) -> str:
    question, end = column.label_parts(language)
    return truncate_to_characters(question, _LABEL, end)


def _in_range(values: pl.Series) -> pl.Series:
    """The values that Stata can hold. It has no missing text, and pyreadstat fails on one beside a text of 2045 bytes
    or more."""
    if values.dtype == pl.String:
        return values.fill_null("")
    if values.dtype.is_integer() and not values.is_between(*_WHOLE).all():
        return values.cast(pl.Float64)
    return values.clip(-_LARGEST, _LARGEST) if values.dtype.is_float() else values


def _with_letters(values: pl.Series, column: ExportColumn) -> pl.Series:
    """The values, with letters in place of the numbers of reasons. A column with both has Python objects."""
    values = _in_range(values)
    found = values.to_list() if column.reasons else []
    if _LETTER_OF.keys().isdisjoint(found):
        return values
    return pl.Series([_LETTER_OF.get(value, value) for value in found], dtype=pl.Object)


def _labels(column: ExportColumn, language: str, *, letters: bool) -> dict[Any, str]:
    """The value labels. Letters get labels only if the column has some, because pyreadstat accepts no others. Loosely
    typed, because pyreadstat's types have numbers only, although it accepts letters for missing values."""
    said: dict[Any, str] = {number: column.answer_label(value, language) for value, number in column.codes.items()}
    if letters:
        said |= {MISSING_LETTERS[reason]: column.reason_label(reason, language) for reason in column.reasons}
    return {value: truncate_to_characters(label, _VALUE) for value, label in said.items()}
