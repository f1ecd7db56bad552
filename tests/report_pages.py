"""The one page of a report, as most tests want it."""

from __future__ import annotations

from pathlib import Path

from kuule.tables.request import Subpopulation
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.reporting.make_reports import write_reports


def write_report(
    dataset: Path, out: Path, within: Subpopulation | None = None, *, progress: ProgressListener = SILENT
) -> Path:
    """Write the report in its source language, without a PDF."""
    [page] = write_reports(dataset, out, within, progress=progress).pages
    return page
