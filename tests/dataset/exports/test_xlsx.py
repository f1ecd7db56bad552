"""A workbook holds what the dataset has; nothing in it is a formula; what does not fit is said and not written."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.exports.xlsx import MAX_CELL_LENGTH, write_xlsx

FRAME = pl.DataFrame(
    {
        "text": ["=1+1", "+358", "-x", "@SUM(A1)", "two\nlines;=1", "01", None],
        "number": [1, -2, 2**60, 0, 3, 4, None],
        "measured": [0.5, -1.25, float("nan"), 1e300, 0.0, 2.0, None],
        "chosen": [True, False, None, True, True, True, None],
        "day": [date(2001, 2, 3), *[None] * 6],
        "code": pl.Series(["=a", "b", "b", "b", "b", "b", None], dtype=pl.Enum(["=a", "b"])),
    }
)


def rows(path: Path, sheet: str = "answers") -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_cells_are_of_the_type_of_their_values_and_no_formulas(tmp_path: Path) -> None:
    write_xlsx([("answers", FRAME)], tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["answers"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "b"}
    first, third = rows(tmp_path / "out.xlsx")[1], rows(tmp_path / "out.xlsx")[3]
    assert first == ("=1+1", 1, 0.5, True, "2001-02-03", "=a")
    assert third == ("-x", str(2**60), None, None, None, "b")
    assert [row[0] for row in rows(tmp_path / "out.xlsx")[1:]] == FRAME["text"].drop_nulls().to_list()
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_characters_that_xml_cannot_hold_are_left_out_and_what_looks_escaped_is_kept(tmp_path: Path) -> None:
    texts = ["a\x00b\x08c\ufffed\uffff", "tab\tand\nline", "_x0041_", "x_x", "\U0001f600ж"]
    write_xlsx([("answers", pl.DataFrame({"text": texts}))], tmp_path / "out.xlsx")
    found = [row[0] for row in rows(tmp_path / "out.xlsx")[1:]]
    assert found == ["abcd", "tab\tand\nline", "_x005F_x0041_", "x_x", "\U0001f600ж"]


def test_text_longer_than_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    fits = pl.DataFrame({"text": ["é" * MAX_CELL_LENGTH, "😀" * (MAX_CELL_LENGTH // 2)]})
    write_xlsx([("answers", fits)], tmp_path / "fits.xlsx")
    assert rows(tmp_path / "fits.xlsx")[1:] == [(text,) for text in fits["text"]]
    with pytest.raises(ArchiveError, match=r"DATA_045 out.xlsx, answers, row 3, text: a text of 32,768 characters"):
        write_xlsx([("answers", pl.DataFrame({"text": ["a", "😀" * 16_384]}))], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("frame", "cause"),
    [
        (lambda: pl.DataFrame({"a": pl.zeros(1_048_576, eager=True)}), "1,048,577 rows of 1 columns"),
        (lambda: pl.DataFrame({str(number): [0] for number in range(16_385)}), "2 rows of 16,385 columns"),
    ],
    ids=["rows", "columns"],
)
def test_table_larger_than_a_sheet_is_refused_before_it_is_written(
    tmp_path: Path, frame: Callable[[], pl.DataFrame], cause: str
) -> None:
    with pytest.raises(ArchiveError, match=f"DATA_045.*{cause}"):
        write_xlsx([("answers", frame())], tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_answers_stand_nowhere_but_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that writes temporary files first would leave every answer in clear where it is killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    write_xlsx([("answers", FRAME)], tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_called_as_in_a_spreadsheet(tmp_path: Path, number: int, letters: str) -> None:
    frame = pl.DataFrame({str(column): [column] for column in range(1, number + 1)})
    write_xlsx([("answers", frame)], tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["answers"][f"{letters}2"].value == number
