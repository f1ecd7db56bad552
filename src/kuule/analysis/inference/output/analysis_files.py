"""Findings to a folder: tidy CSV files and a text to read, whole or not at all. Columns: docs/reference/analysis.md."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from kuule.analysis.inference.analysis_run import Analysis
from kuule.analysis.inference.findings import (
    AbsentRow,
    DifferenceRow,
    FindingPlace,
    QuartileRow,
    ShareRow,
    SignificanceRow,
)
from kuule.analysis.inference.output.analysis_heading import first_line
from kuule.analysis.inference.output.analysis_text import analysis_markdown
from kuule.dataset.exports.formula_escaping import escape_formulas
from kuule.dataset.lifecycle.dataset_folder import new_folder

FindingRow = ShareRow | QuartileRow | AbsentRow | DifferenceRow | SignificanceRow
FINDING_FILES: dict[str, type[FindingRow]] = {
    "shares": ShareRow,
    "middles": QuartileRow,
    "absent": AbsentRow,
    "differences": DifferenceRow,
    "tests": SignificanceRow,
}
TEXT_FILE = "analysis.md"


def write_analysis(analysis: Analysis, to: Path) -> None:
    """Write the folder `to`. The names of practice begin with `practice-`.

    Raises ArchiveError DATA_003 where something stands there, DATA_016 where another command makes it, DATA_018 where
    nothing can be written there; OSError where the disk does not take it.
    """
    practice = "practice-" if analysis.origin.rehearsal else ""
    line = first_line(analysis.origin)
    with new_folder(to) as folder:
        for name, kind in FINDING_FILES.items():
            _write_rows(getattr(analysis.findings, name), kind, line, folder / f"{practice}{name}.csv")
        (folder / f"{practice}{TEXT_FILE}").write_text(analysis_markdown(analysis), encoding="utf-8", newline="\n")


def column_names(kind: type[FindingRow]) -> list[str]:
    """The names of a file's columns; those of the place come first."""
    return [field.name for field in fields(FindingPlace)] + [field.name for field in fields(kind)[1:]]


def _write_rows(rows: Sequence[FindingRow], kind: type[FindingRow], line: str, path: Path) -> None:
    """The first line is a remark (`#`), the second names the columns."""
    own = [field.name for field in fields(kind)[1:]]
    places = [field.name for field in fields(FindingPlace)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {escape_formulas(line)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column_names(kind))
        for row in rows:
            place = [_text(getattr(row.place, name)) for name in places]
            writer.writerow([*place, *(_text(getattr(row, name)) for name in own)])


def _text(value: object) -> object:
    """Numbers whole, to their last digit; nothing for None; words that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return escape_formulas(value)
    return "" if value is None else repr(value) if isinstance(value, float) else value
