"""The tables of a dataset before they are written: their columns, and for each row the row id with which it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kuule.dataset.ingest.answer_cells import Cell
from kuule.dataset.ingest.record_validation import RecordRow
from kuule.dataset.schema.columns import LEADING_COLUMNS, RECORD_KEY, DatasetVariable

if TYPE_CHECKING:
    from kuule.opening.archive_rows import OpenedRecord

RESPONSES, OPEN_TEXT = "responses.parquet", "open_text.parquet"
ROW_ID = "\0row_id"
"""A column that exists only while rows are collected and that is in no file. No item can have this name."""
LEAVE = "leave"
"""In the table of open texts: whether its writer gave leave to quote it; null where no edition says that anybody was
asked."""

TableFrames = Mapping[str, pl.DataFrame]
"""Tables by the name of the file."""
TableSchema = Mapping[str, pl.DataType]


@dataclass(frozen=True, slots=True)
class TableSchemas:
    """The columns of each table, with ROW_ID last."""

    by_table: Mapping[str, TableSchema]

    @classmethod
    def for_dataset(cls, editions: Sequence[str], variables: Sequence[DatasetVariable]) -> TableSchemas:
        """The tables for the variables of these editions (ids)."""
        edition, text, row = pl.Enum(editions), pl.String(), {ROW_ID: pl.Int64()}
        responses: dict[str, pl.DataType] = {"edition": edition, **dict.fromkeys(LEADING_COLUMNS[1:], text)}
        repeats: dict[str, dict[str, pl.DataType]] = {}
        for variable in variables:
            table = repeats.setdefault(variable.repeats[-1], {"edition": edition}) if variable.repeats else responses
            table |= variable.schema()
        responses[RECORD_KEY] = pl.UInt32()
        texts: dict[str, pl.DataType] = {**dict.fromkeys(("item", "language", "text"), text), LEAVE: pl.Boolean()}
        tables = {RESPONSES: responses, OPEN_TEXT: texts} | {
            repeat_table_name(name): one for name, one in repeats.items()
        }
        return cls({name: schema | row for name, schema in tables.items()})

    def empty_tables(self) -> TableFrames:
        return {name: pl.DataFrame(schema=schema) for name, schema in self.by_table.items()}

    def tables_from_rows(self, rows: Sequence[tuple[RecordRow, OpenedRecord]]) -> TableFrames:
        """Rows that were validated one by one, as tables."""
        return {
            name: pl.DataFrame(cells, schema=self.by_table[name], strict=True) for name, cells in self._columns(rows)
        }

    def _columns(
        self, rows: Sequence[tuple[RecordRow, OpenedRecord]]
    ) -> Iterator[tuple[str, Mapping[str, Sequence[Cell]]]]:
        known = [{**row.cells, RECORD_KEY: one.record_key, ROW_ID: one.row_id} for row, one in rows]
        yield RESPONSES, self.columns_of(RESPONSES, known)
        texts = [
            (one.item, str(row.cells["language"]), one.words, one.leave, opened.row_id)
            for row, opened in rows
            for one in row.open_texts
        ]
        yield OPEN_TEXT, dict(zip(self.by_table[OPEN_TEXT], zip(*texts, strict=True), strict=True)) if texts else {}
        repeated = [
            (repeat_table_name(name), {**cells, ROW_ID: one.row_id})
            for row, one in rows
            for name, cells in row.repeat_rows
        ]
        for name in (each for each in self.by_table if each not in (RESPONSES, OPEN_TEXT)):
            yield name, self.columns_of(name, [cells for table, cells in repeated if table == name])

    def columns_of(self, name: str, rows: Sequence[Mapping[str, Cell]]) -> Mapping[str, Sequence[Cell]]:
        """Rows as the columns of a table. What a row lacks is null."""
        return {column: [row.get(column) for row in rows] for column in self.by_table[name]}


def repeat_table_name(repeat: str) -> str:
    """The file with the instances of a repeat. It has no link to the responses: even the number of rows that belong to
    one person would be one."""
    return f"repeat.{'.'.join(repeat.split('/')[2:])}.parquet"


def read_open_texts(dataset: Path) -> pl.DataFrame:
    """The table of open texts. In a dataset of an earlier format nothing says whether they may be quoted."""
    frame = pl.read_parquet(dataset / OPEN_TEXT)
    return frame if LEAVE in frame.columns else frame.with_columns(pl.lit(None, dtype=pl.Boolean()).alias(LEAVE))


def read_table(dataset: Path, name: str) -> pl.DataFrame:
    """A table of a dataset, with the columns that it has in the newest format."""
    return read_open_texts(dataset) if name == OPEN_TEXT else pl.read_parquet(dataset / name)


def concat_tables(parts: Sequence[TableFrames], shape: TableSchemas) -> TableFrames:
    """The tables joined one below another."""
    empty = shape.empty_tables()
    return {name: pl.concat([empty[name], *(part[name] for part in parts)]) for name in shape.by_table}
