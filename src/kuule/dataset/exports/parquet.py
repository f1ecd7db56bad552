"""Tables as Parquet, as they are in the dataset."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.dataset.exports.export_columns import ExportColumn
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "parquet")
    table.frame.write_parquet(path)
    folder.note_file_as_in_dataset(path, table, columns)


def _write_open_text(folder: ExportFolder, texts: ExportTable) -> None:
    texts.frame.write_parquet(folder.file(texts.name, "parquet"))


PARQUET = FormatWriter(_write_table, _write_open_text)
