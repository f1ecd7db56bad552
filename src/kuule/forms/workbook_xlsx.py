"""form.xlsx: the values of its sheets as text. A formula counts with the value that the spreadsheet saved for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kuule.errors import Severity
from kuule.forms.workbook_grid import Grid, Unreadable

UNPACKED = 200 * 1024 * 1024
"""Bytes of all parts of a workbook when unpacked: more is no questionnaire."""
MOST_COLUMNS = 512
EMPTY_ROWS = 1000
"""So many empty rows in a run are the end of a sheet, which may be formatted down to its millionth row."""
Doubt = tuple[int, str, str, Severity]
_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def grids(content: bytes) -> list[Grid]:
    """The sheets of a workbook. Raises Unreadable for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Unreadable(f"it is larger than {UNPACKED:,} bytes when unpacked")
            has_formulas = any(b"<f" in packed.read(name) for name in packed.namelist() if "worksheets/" in name)
        values = load_workbook(io.BytesIO(content), data_only=True)
        written = load_workbook(io.BytesIO(content)) if has_formulas else None
        return [_grid(sheet, written) for sheet in values.worksheets]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"it is no workbook that can be read ({type(error).__name__})") from error


def _grid(sheet: Worksheet, written: Workbook | None) -> Grid:
    rows = tuple(_rows(sheet))
    doubts = [*_errors(rows), *_merged(sheet)]
    if written is not None and sheet.title in written.sheetnames:
        doubts += _without_value(sheet, written[sheet.title], len(rows))
    return Grid(sheet.title, rows[0] if rows else (), rows[1:], doubts=tuple(doubts))


def _rows(sheet: Worksheet) -> Iterator[tuple[str, ...]]:
    waiting: list[tuple[str, ...]] = []
    for row in sheet.iter_rows(
        min_row=1, min_col=1, max_col=min(sheet.max_column or 1, MOST_COLUMNS), values_only=True
    ):
        waiting.append(tuple(_text(value) for value in row))
        if any(waiting[-1]):
            yield from waiting
            waiting.clear()
        elif len(waiting) > EMPTY_ROWS:
            return


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _errors(rows: tuple[tuple[str, ...], ...]) -> Iterator[Doubt]:
    for number, row in enumerate(rows, 1):
        for cell in row:
            if cell in _ERRORS:
                yield number, f"a cell holds {cell}, which a formula gave", "mend the formula", Severity.ERROR


def _merged(sheet: Worksheet) -> Iterator[Doubt]:
    for merged in sheet.merged_cells.ranges:
        cause = f"the cells {merged.coord} are merged, and only the first of them holds anything"
        yield merged.min_row, cause, "split them, and write into each cell what it means", Severity.WARNING


def _without_value(values: Worksheet, written: Worksheet, rows: int) -> Iterator[Doubt]:
    """Formulas for which no spreadsheet saved a value: the file was made by a program."""
    for row in written.iter_rows(max_row=max(rows, written.max_row if rows < EMPTY_ROWS else rows)):
        for cell in row:
            if cell.data_type == "f" and values.cell(cell.row, cell.column).value is None:
                cause = f"the cell {cell.coordinate} has a formula and no value"
                remedy = "open the file in a spreadsheet and save it, or write the value"
                yield cell.row, cause, remedy, Severity.ERROR
