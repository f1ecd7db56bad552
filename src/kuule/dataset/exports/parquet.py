"""Tables as Parquet, with the types that they have in the dataset."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import ExportColumn
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "parquet")
    folder.note_file_as_in_dataset(path, table, columns).write_parquet(path)


def _write_open_text(folder: ExportFolder, texts: ExportTable) -> None:
    texts.frame.write_parquet(folder.file(texts.name, "parquet"))


PARQUET = FormatWriter(_write_table, _write_open_text)
