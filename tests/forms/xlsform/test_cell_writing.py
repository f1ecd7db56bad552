"""One cell of a questionnaire's file is written, and everything else stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kuule.forms.xlsform.cell_writing import CellNotWritten, write_markdown_cell, write_workbook_cell
from kuule.forms.xlsform.markdown_workbook import read_tables
from kuule.forms.xlsform.workbook import Sheet, read_workbook

FORM = (
    "# head\r\n| survey | | |\r\n|---|---|---|\r\n| | name | label |\r\n"
    "  | | one | First \\| last |  # note\r\n| | two |\r\n"
)


def markdown_sheet() -> Sheet:
    [grid] = read_tables(FORM.encode())
    return Sheet(grid.name, grid.header, (), grid.lines, grid.header)


def test_only_the_cell_of_a_table_changes() -> None:
    written = write_markdown_cell(FORM.encode(), markdown_sheet(), 2, 1, "A | B")
    assert written.decode() == FORM.replace("First \\| last", "A \\| B")


@pytest.mark.parametrize(("column", "text"), [(1, "two\nlines"), (5, "beyond the row")])
def test_what_a_table_cannot_hold_is_refused(column: int, text: str) -> None:
    with pytest.raises(CellNotWritten):
        write_markdown_cell(FORM.encode(), markdown_sheet(), 2, column, text)


def a_workbook() -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = "Survey "
    for row in (("type", "name", "label", "hint"), ("text", "one", "First", None), ("text", "two", "=1+1", None)):
        sheet.append(row)
    sheet["C2"].font = Font(bold=True)
    sheet["A2"].comment = Comment("a note", "somebody")
    made.create_sheet("choices").append(["list_name", "name", "label"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_only_the_cell_of_a_workbook_changes() -> None:
    before = a_workbook()
    written = write_workbook_cell(before, "survey", 2, 2, " <b>كم</b>\nعمرك ")
    sheet = load_workbook(io.BytesIO(written))["Survey "]
    assert (sheet["C2"].value, sheet["C2"].font.bold, sheet["A2"].comment.text) == (" <b>كم</b>\nعمرك ", True, "a note")
    assert sheet["C3"].value == "=1+1"
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert (new.namelist(), changed) == (old.namelist(), ["xl/worksheets/sheet1.xml"])


def test_text_that_looks_like_an_escape_is_read_back_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_workbook_cell(a_workbook(), "survey", 2, 2, "a_x000D_ b_x005F_"))
    assert read_workbook(path).rows("survey")[0]["label"] == "a_x000D_ b_x005F_"


@pytest.mark.parametrize("column", [3, 7])
def test_cell_that_was_empty_gets_its_place(column: int) -> None:
    written = write_workbook_cell(a_workbook(), "survey", 2, column, "Choose one.")
    row = next(load_workbook(io.BytesIO(written))["Survey "].iter_rows(2, 2, values_only=True))
    assert row[column] == "Choose one."


@pytest.mark.parametrize(("sheet", "row"), [("survey", 3), ("survey", 99), ("settings", 2)])
def test_formula_and_what_is_not_there_are_refused(sheet: str, row: int) -> None:
    with pytest.raises(CellNotWritten):
        write_workbook_cell(a_workbook(), sheet, row, 2, "x")
