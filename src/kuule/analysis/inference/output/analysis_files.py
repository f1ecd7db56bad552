"""Findings written to a folder: tidy CSV files and a text, all or none. Columns: docs/reference/analysis.md."""

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
from kuule.core.formula_escaping import escape_formulas
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
    """Write the folder `to`. File names of a practice analysis begin with `practice-`.

    Raises ArchiveError DATA_003 if something is there already, DATA_016 if another command is making it, DATA_018 if
    nothing can be written there; and OSError if the disk fails.
    """
    practice = "practice-" if analysis.origin.rehearsal else ""
    line = first_line(analysis.origin)
    with new_folder(to) as folder:
        for name, kind in FINDING_FILES.items():
            _write_rows(getattr(analysis.findings, name), kind, line, folder / f"{practice}{name}.csv")
        (folder / f"{practice}{TEXT_FILE}").write_text(analysis_markdown(analysis), encoding="utf-8", newline="\n")


def column_names(kind: type[FindingRow]) -> list[str]:
    """The names of the columns of a file. The columns that say which table and stratum it is come first."""
    return [field.name for field in fields(FindingPlace)] + [field.name for field in fields(kind)[1:]]


def _write_rows(rows: Sequence[FindingRow], kind: type[FindingRow], line: str, path: Path) -> None:
    """Write a CSV file. Its first line is a comment (`#`), and its second has the names of the columns."""
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
    """A value as it is written: numbers with all their digits, nothing for None, and texts escaped so that no
    spreadsheet takes them for a formula."""
    if isinstance(value, str):
        return escape_formulas(value)
    return "" if value is None else repr(value) if isinstance(value, float) else value
