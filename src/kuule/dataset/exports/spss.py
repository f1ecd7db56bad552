"""Writes a coded table as an SPSS file: value labels, reasons for missing answers as user-missing values, and
multiple-response sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pyreadstat
from pyreadstat.pyclasses import MissingRange

from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import MISSING_NUMBERS, ColumnKind, ExportColumn
from kuule.dataset.exports.export_variables.label_truncation import truncate_to_bytes
from kuule.dataset.exports.export_variables.numeric_table import NumericTable, named_numbers
from kuule.dataset.exports.export_variables.response_sets import response_sets
from kuule.dataset.exports.format_writer import MAX_NAME_LENGTH, ExportFolder, FormatWriter
from kuule.dataset.exports.spss_response_sets import add_response_sets

_LABEL_BYTES, _VALUE_BYTES = 255, 120
_WHOLE = "F8.0"
"""With this format, SPSS shows 1 and not 1.00."""
_MISSING: MissingRange = {"lo": min(MISSING_NUMBERS.values()), "hi": max(MISSING_NUMBERS.values())}


def write_sav(
    table: NumericTable, names: Mapping[str, str], path: Path, *, language: str, title: str, zipped: bool = False
) -> None:
    """Write the table. `names` maps columns to variables; labels are in `language`. Rows are compressed as SPSS itself
    does it, which every program reads. `zipped` gives the ZSAV format of SPSS 21 and newer, at a tenth of the size."""
    columns = {names[column.source]: column for column in table.columns}
    pyreadstat.write_sav(
        table.frame.rename(dict(names)),
        path,
        compress=zipped,
        row_compress=not zipped,
        file_label=truncate_to_bytes(title, 64),
        column_labels={name: _label(column, language) for name, column in columns.items()},
        variable_value_labels={name: found for name, column in columns.items() if (found := _values(column, language))},
        missing_ranges={name: [_MISSING] for name, column in columns.items() if column.reasons},
        variable_measure={name: _measure(column) for name, column in columns.items()},
        variable_format={name: _WHOLE for name, column in columns.items() if _is_whole(table, column)},
    )


def _write_table(
    folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn], *, zipped: bool = False
) -> None:
    numbers, names = named_numbers(table.frame, columns, MAX_NAME_LENGTH)
    path = folder.file(table.name, "zsav" if zipped else "sav")
    write_sav(numbers, names, path, language=folder.language, title=folder.title, zipped=zipped)
    add_response_sets(path, response_sets(numbers.columns, names, folder.language))
    folder.note_file(path, numbers.columns, names, table.frame.height)


SAV = FormatWriter(_write_table)
ZSAV = FormatWriter(partial(_write_table, zipped=True))


def _label(column: ExportColumn, language: str) -> str:
    question, end = column.label_parts(language)
    return truncate_to_bytes(question, _LABEL_BYTES, end)


def _values(column: ExportColumn, language: str) -> dict[int | float, str]:
    value_labels = {number: column.answer_label(value, language) for value, number in column.codes.items()}
    value_labels |= {MISSING_NUMBERS[reason]: column.reason_label(reason, language) for reason in column.reasons}
    return {number: truncate_to_bytes(label, _VALUE_BYTES) for number, label in value_labels.items()}


def _is_whole(table: NumericTable, column: ExportColumn) -> bool:
    return table.frame[column.source].dtype.is_integer()


def _measure(column: ExportColumn) -> str:
    if column.kind is ColumnKind.CODE:
        return "ordinal" if column.ordered else "nominal"
    return "nominal" if column.kind is ColumnKind.TEXT else "scale"
