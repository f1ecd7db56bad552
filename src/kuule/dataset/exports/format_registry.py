"""The writer of each format: a new format has a row here, and its name in `export_formats`."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.dataset.exports.csv_files import CSV
from kuule.dataset.exports.ddi import DDI
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.format_writer import FormatWriter
from kuule.dataset.exports.parquet import PARQUET
from kuule.dataset.exports.spss import SAV, ZSAV
from kuule.dataset.exports.stata import DTA
from kuule.dataset.exports.xlsx import XLSX

FORMAT_WRITERS: Mapping[ExportFormat, FormatWriter] = {
    ExportFormat.PARQUET: PARQUET,
    ExportFormat.CSV: CSV,
    ExportFormat.XLSX: XLSX,
    ExportFormat.SAV: SAV,
    ExportFormat.ZSAV: ZSAV,
    ExportFormat.DTA: DTA,
    ExportFormat.DDI: DDI,
}
