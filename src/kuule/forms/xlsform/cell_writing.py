"""Writes one cell of a questionnaire's file, form.md or form.xlsx, and leaves everything else in it as it is.

In a workbook only the XML of that cell changes: formats, formulas, notes and other sheets stay byte for byte.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from kuule.core.xstring_escaping import escape_xstring
from kuule.forms.xlsform.workbook import Sheet
from kuule.forms.xlsform.xlsx_scan import column_letters, column_number
from kuule.forms.xlsform.xlsx_workbook import sheet_titles

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE = re.compile(r"(\r\n|\r|\n)")
_LETTERS = re.compile(r"[A-Z]+")


class CellNotWritten(Exception):
    """The cell cannot be written so that only it changes. The text says why."""


def write_markdown_cell(content: bytes, sheet: Sheet, row: int, column: int, text: str) -> bytes:
    """The file with this text in a cell of a table. `row` counts from 2, the first under the heading; `column` from 0.
    Raises CellNotWritten for a text of several lines, which a table cannot hold, and for a row that lacks the cell."""
    if _LINE.search(text):
        raise CellNotWritten("a questionnaire in a file of text has each text in one line")
    line = sheet.lines[row - 1]
    if column >= len(line.cells):
        raise CellNotWritten("the row ends before that column")
    start, end = line.cells[column]
    escaped = text.replace("\\|", "|").replace("|", "\\|")
    parts = _LINE.split(content.decode("utf-8"))
    place = (line.number - 1) * 2
    around = parts[place].partition(line.text)
    parts[place] = f"{around[0]}{line.text[:start]}{escaped}{line.text[end:]}{around[2]}"
    return "".join(parts).encode()


def write_workbook_cell(content: bytes, sheet: str, row: int, column: int, text: str) -> bytes:
    """The workbook with this text in a cell of the sheet. `row` is the number that a spreadsheet shows; `column` counts
    from 0. Raises CellNotWritten if the cell has a formula, or if the sheet is not where a workbook has it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = _part_of(packed, sheet)
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            for one in packed.infolist():
                inside = packed.read(one)
                out.writestr(one, _with_text(inside, row, column, text) if one.filename == part else inside)
    return made.getvalue()


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str:
    found = sheet_titles(packed)
    named = [part for part, title in found.items() if title.strip().lower() == sheet]
    if not named and len(found) == 1:
        named = list(found)  # the only sheet of a file is the survey, whatever it is called
    if len(named) != 1:
        raise CellNotWritten(f"the sheet {sheet} is not found in the workbook")
    return named[0]


def _with_text(xml: bytes, row: int, column: int, text: str) -> bytes:
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    line = next((one for one in tree.iter(f"{_MAIN}row") if one.get("r") == str(row)), None)
    if line is None:
        raise CellNotWritten(f"the workbook has no row {row} as spreadsheets number them")
    cell = _cell(line, row, column)
    if cell.find(f"{_MAIN}f") is not None:
        raise CellNotWritten("a formula makes this text")
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    words = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
    words.text = escape_xstring(text)
    words.set(_SPACE, "preserve")
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cell(line: etree._Element, row: int, column: int) -> etree._Element:
    """The cell of a row; a new one at its place where there was none."""
    wanted = column + 1
    place = 0
    for place, (number, cell) in enumerate(_cells(line)):  # noqa: B007 -- where the loop ended
        if number == wanted:
            return cell
        if number > wanted:
            break
    else:
        place = len(line)
    made = etree.Element(f"{_MAIN}c", r=f"{column_letters(wanted)}{row}")
    line.insert(place, made)
    return made


def _cells(line: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each cell with the number of its column."""
    before = 0
    for cell in line.iterchildren(f"{_MAIN}c"):
        letters = _LETTERS.match(cell.get("r") or "")
        before = column_number(letters[0]) if letters else before + 1
        yield before, cell
