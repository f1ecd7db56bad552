"""Reads form.xlsx: the values of its sheets as text. A formula counts as the value that the spreadsheet saved for
it."""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.functions import fromstring

from kuule.core.problems import Severity
from kuule.forms.xlsform.sheet_grid import SheetGrid, UnreadableWorkbook, WorkbookTooLarge
from kuule.forms.xlsform.xlsx_scan import REDUCE_REMEDY, UNMERGE_REMEDY, PartScan, column_letters, scan_parts

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
"""The most bytes of all parts of a workbook when unpacked. No questionnaire has more."""
MAX_COLUMNS = 512
MAX_ROWS = 30_000
MAX_EMPTY_ROWS = 1000
"""This many empty rows together are the end of a sheet, which may be formatted down to its millionth row."""
CellProblem = tuple[int, str, str, Severity]
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ZIP, _COMPOUND_FILE = b"PK", bytes.fromhex("D0CF11E0A1B11AE1")
"""How a workbook begins; and one of before 2007, or one that Excel encrypted."""
_WORKBOOK, _STRICT = "xl/workbook.xml", b"http://purl.oclc.org/ooxml/"
_SAVE_AS = "open it there and save or export it as .xlsx (Excel)"
_OTHER_KINDS: Mapping[str, tuple[str, str]] = {
    "META-INF/manifest.xml": ("it is called .xlsx, and is a file of LibreOffice (.ods)", _SAVE_AS),
    "Index/Document.iwa": ("it is called .xlsx, and is a file of Numbers", _SAVE_AS),
    "xl/workbook.bin": ("it is called .xlsx, and is a binary workbook of Excel (.xlsb)", _SAVE_AS),
    "word/document.xml": ("it is called .xlsx, and is a document of Word", "copy its tables into a spreadsheet"),
}
"""By a part that only they have: files of other programs that people rename."""
_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def read_sheets(content: bytes) -> list[SheetGrid]:
    """The sheets of a workbook. Raises UnreadableWorkbook if it is not one, and WorkbookTooLarge if it holds more than
    any questionnaire."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise WorkbookTooLarge(f"it is larger than {MAX_UNPACKED_BYTES:,} bytes when unpacked", REDUCE_REMEDY)
            _check_kind(packed)
            parts = scan_parts(packed)
            _check(parts, packed)
        # Read as a stream: otherwise openpyxl fills each merged range with cells, and each gap with rows.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and lists to choose from, which nobody reads here
            values = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
            with contextlib.closing(values):
                return [_grid(sheet, parts) for sheet in values.worksheets]
    except UnreadableWorkbook:
        raise
    except Exception as error:
        raise UnreadableWorkbook(_why_unreadable(content)) from error


def _why_unreadable(content: bytes) -> str:
    if not content:
        return "it is empty"
    if content.startswith(_COMPOUND_FILE):
        return "it is an old .xls, or has a password"
    if not content.startswith(_ZIP):
        return "it is called .xlsx, and is another kind of file"
    return "it is no workbook that can be read: it is broken, or not all of it is there"


def _check_kind(packed: zipfile.ZipFile) -> None:
    """Raise UnreadableWorkbook for another kind of file that is packed in the same way."""
    names = set(packed.namelist())
    said = next((words for part, words in _OTHER_KINDS.items() if part in names), None)
    if said is not None:
        raise UnreadableWorkbook(*said)
    if _WORKBOOK in names and _STRICT in packed.read(_WORKBOOK)[:4096]:
        raise UnreadableWorkbook("it is a Strict Open XML Spreadsheet", "save it as an Excel Workbook (.xlsx)")


def _check(parts: Mapping[str, PartScan], packed: zipfile.ZipFile) -> None:
    """Raise WorkbookTooLarge before openpyxl measures a sheet: it goes through every cell of one that does not state
    its size."""
    for name, part in parts.items():
        if part.wrong is not None:
            raise WorkbookTooLarge(str(part.wrong), part.wrong.remedy, sheet_titles(packed).get(name, name))


def sheet_titles(packed: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by their parts; empty for a workbook that is not built as usual."""
    try:
        targets = {one.id: one.target for one in get_dependents(packed, get_rels_path("xl/workbook.xml"))}
        book = fromstring(packed.read("xl/workbook.xml"))
    except (KeyError, ValueError, SyntaxError):
        return {}
    sheets = [element for element in book.iter() if str(element.tag).endswith("}sheet")]
    return {targets.get(str(sheet.get(_ID)), ""): str(sheet.get("name")) for sheet in sheets}


def _grid(sheet: ReadOnlyWorksheet, parts: Mapping[str, PartScan]) -> SheetGrid:
    part = parts[sheet._worksheet_path]  # the part that openpyxl reads, whatever the workbook calls it
    rows = tuple(_rows(sheet, part))
    cell_problems = (*_errors(rows), *_merged(part), *_without_value(part))
    return SheetGrid(sheet.title, rows[0] if rows else (), rows[1:], cell_problems=cell_problems)


def _rows(sheet: ReadOnlyWorksheet, part: PartScan) -> Iterator[tuple[str, ...]]:
    sheet.reset_dimensions()  # the file may state a smaller size than it has
    columns = min(max(part.columns, 1), MAX_COLUMNS)
    hidden = _MergedCells(part.merged)
    waiting: list[tuple[str, ...]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=columns, values_only=True), 1):
        if number > MAX_ROWS:
            raise WorkbookTooLarge(f"it goes on below row {MAX_ROWS:,}", REDUCE_REMEDY, sheet.title)
        covered = hidden.in_row(number)
        waiting.append(tuple("" if covered >> at & 1 else _text(value) for at, value in enumerate(row)))
        if any(waiting[-1]):
            yield from waiting
            waiting.clear()
        elif len(waiting) > MAX_EMPTY_ROWS:
            return


class _MergedCells:
    """Which cells of a row are hidden by a merged one, as bits by column. Ask for the rows in ascending order."""

    def __init__(self, merged: Sequence[tuple[int, int, int, int]]) -> None:
        self._merged = merged
        self._changes = {row for _, top, _, bottom in merged for row in (top, top + 1, bottom + 1)}
        self._now = 0

    def in_row(self, row: int) -> int:
        if row in self._changes:
            self._now = 0
            for left, top, right, bottom in self._merged:
                if top <= row <= bottom:
                    begin = left if row == top else left - 1  # the first cell of the range stays visible
                    self._now |= (1 << min(right, MAX_COLUMNS)) - (1 << min(begin, right, MAX_COLUMNS))
        return self._now


def _text(value: object) -> str:
    """Excel writes a carriage return, and whatever else XML has no place for, as _x000D_ (ECMA-376, ST_Xstring)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else unescape(str(value))


def _errors(rows: tuple[tuple[str, ...], ...]) -> Iterator[CellProblem]:
    for number, row in enumerate(rows, 1):
        for cell in row:
            if cell in _ERRORS:
                yield number, f"a cell holds {cell}, which a formula gave", "mend the formula", Severity.ERROR


def _merged(part: PartScan) -> Iterator[CellProblem]:
    for left, top, right, bottom in part.merged:
        place = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        cause = f"the cells {place} are merged, and only the first of them holds anything"
        yield top, cause, UNMERGE_REMEDY, Severity.WARNING


def _without_value(part: PartScan) -> Iterator[CellProblem]:
    """Formulas whose value no spreadsheet saved, because a program made the file."""
    for row, place in part.without_value:
        cause = f"the cell {place} has a formula and no value"
        yield row, cause, "open the file in a spreadsheet and save it, or write the value", Severity.ERROR
