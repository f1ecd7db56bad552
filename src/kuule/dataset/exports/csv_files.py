"""Tables as CSV (RFC 4180, UTF-8), and the codebook that goes with every export.

In what respondents and translators wrote, an apostrophe is put wherever a spreadsheet could see a formula
(`escape_formulas`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from kuule.core.formula_escaping import (
    FORMULA_PATTERN,
    LEADING_BREAK_PATTERN,
    NUMBER_PATTERN,
    escape_formulas,
)
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import MISSING_NUMBERS, ExportColumn
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter
from kuule.dataset.schema.codebook import Codebook, CodebookItem

_CODEBOOK = [
    "file",
    "column",
    "variable",
    "language",
    "question",
    "value",
    "number",
    "meaning",
    "kind",
    "asked_when",
    "editions",
    "asked_in",
    "pooled",
    "wordings",
    "retranslated",
]
CODEBOOK_SCHEMA = {**dict.fromkeys(_CODEBOOK, pl.String), "number": pl.Int64}


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a table. A missing value is an empty cell."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    names = {name: escape_formulas(name) for name in frame.columns}
    frame.with_columns(_harmless(name) for name in texts).rename(names).write_csv(path, date_format="%Y-%m-%d")


def _harmless(name: str) -> pl.Expr:
    """As `escape_formulas`, for a column."""
    text = pl.col(name).cast(pl.String)
    found = text.str.replace_all(FORMULA_PATTERN, "${1}'${2}${3}")
    found = pl.when(found.str.contains(LEADING_BREAK_PATTERN)).then("'" + found).otherwise(found)
    return pl.when(text.str.contains(NUMBER_PATTERN)).then(text).otherwise(found).alias(name)


def write_open_text_csv(folder: ExportFolder, texts: ExportTable) -> None:
    """Write the free text that was asked for."""
    write_csv(texts.frame, folder.file(texts.name, "csv"))


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "csv")
    write_csv(folder.note_file_as_in_dataset(path, table, columns), path)


CSV = FormatWriter(_write_table, write_open_text_csv)


def codebook_frame(
    tables: Mapping[str, tuple[Sequence[ExportColumn], Mapping[str, str]]], languages: Sequence[str], codebook: Codebook
) -> pl.DataFrame:
    """The codebook as a table: a row for each column and language, then one for each value with its meaning. `tables`
    has the columns of each file, with their names in it."""
    rows = (
        row
        for file, (columns, names) in tables.items()
        for column in columns
        for tag in languages
        for row in _rows({"file": file, "variable": names[column.source], "language": tag}, column, codebook)
    )
    return pl.DataFrame(list(rows), schema=CODEBOOK_SCHEMA, orient="row")


def _rows(place: Mapping[str, str], column: ExportColumn, codebook: Codebook) -> Iterator[Mapping[str, str | int]]:
    tag, row_start = place["language"], {**place, "column": column.source}
    asked = {} if column.item is None else _asked(column.item, codebook)
    yield {**row_start, "question": column.label(tag), "kind": column.kind.name.lower(), **asked}
    for value, number in column.codes.items():
        yield {**row_start, "value": value, "number": number, "meaning": column.answer_label(value, tag)}
    for reason in column.reasons:
        meaning = column.reason_label(reason, tag)
        yield {**row_start, "value": str(reason), "number": MISSING_NUMBERS[reason], "meaning": meaning}


def _asked(item: CodebookItem, codebook: Codebook) -> dict[str, str]:
    """Who could have been asked an item: in which editions, under which condition, in which words."""
    return {
        "asked_when": item.asked_when,
        "editions": " ".join(item.editions),
        "asked_in": codebook.asked_in_text(item),
        "pooled": "; ".join(item.pooled.values()),
        "wordings": "; ".join(f"edition {edition[:8]}: {text}" for edition, text in item.wordings.items()),
        "retranslated": " ".join(item.retranslated),
    }
