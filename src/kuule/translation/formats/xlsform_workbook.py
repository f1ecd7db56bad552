"""A workbook with the sheets of an XLSForm, for a spreadsheet program: every cell a text, the headings in bold."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kuule.core.problems import Problem, StudyError
from kuule.forms.xlsform.workbook import clean_cell, escape_xstring

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CELL_LENGTH = 32_767
"""The most characters that a spreadsheet cell can have."""
_WIDTH = 32
SheetRow = dict[str, str]


def workbook_bytes(sheets: Mapping[str, Sequence[Mapping[str, str]]], headings: Mapping[str, list[str]]) -> bytes:
    """The bytes of a workbook: the rows of each sheet below a heading. `headings` are columns that come first, even if
    no row has them. Raises StudyError LANG_059 for a text that no cell can hold."""
    from openpyxl import Workbook as Written  # slow, and every command waits for imports at the top

    written = Written()
    written.remove(written.worksheets[0])
    for name, rows in sheets.items():
        columns = list(dict.fromkeys([*headings.get(name, []), *(column for row in rows for column in row)]))
        _fill(written.create_sheet(name), columns, rows)
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()


def _fill(sheet: Worksheet, columns: list[str], rows: Sequence[Mapping[str, str]]) -> None:
    from openpyxl.styles import Alignment, Font  # slow, as above
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        cell = sheet.cell(1, number)
        cell.value = escape_xstring(column)
        cell.data_type = "s"
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for position, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            text = text_in_cell(row.get(column, ""))
            if len(text) > MAX_CELL_LENGTH:
                raise _too_long(sheet.title, position, column, len(text))
            if text:
                cell = sheet.cell(position, number)
                cell.value = escape_xstring(text)
                # Always as text: a spreadsheet would evaluate what begins with "=".
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _too_long(sheet: str, row: int, column: str, length: int) -> StudyError:
    cause = f"a text of {length:,} characters does not fit a spreadsheet's cell, which holds {MAX_CELL_LENGTH:,}"
    place = f"{sheet}, row {row}, {column}"
    return StudyError(Problem("LANG_059", place, cause, "export as po or xliff, or shorten it"))


def text_in_cell(text: str) -> str:
    """A text as an XLSForm returns it: without spaces at its ends and without invisible characters."""
    return clean_cell("label", text)
