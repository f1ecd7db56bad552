"""Questionnaires as workbooks, as a spreadsheet would save them, and what people send in their place."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from kuule.forms.xlsform.markdown_workbook import read_tables
from tests.study.small_study import FORM


def workbook(form: str = FORM, change: Callable[[Workbook], None] | None = None) -> bytes:
    """A questionnaire that is written as tables of text, as a workbook with a sheet for each."""
    made = Workbook()
    made.remove(made.active)
    for grid in read_tables(form.encode()):
        sheet = made.create_sheet(grid.name)
        for row in (grid.header, *grid.rows):
            sheet.append([cell or None for cell in row])
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_workbook(study: Path) -> Path:
    """The study with its questionnaire as form.xlsx."""
    (study / "form.md").unlink()
    (study / "form.xlsx").write_bytes(workbook())
    return study
