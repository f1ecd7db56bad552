"""All tables of a release in one workbook: a cover, contents, notes, and a sheet for each table, marked as one.

It has the shape that statistics offices in Britain agreed on, so that people with a screen reader find their way
(Releasing statistics in spreadsheets, Government Analysis Function). A blank cell is never a number that is not shown:
such a cell says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook as XlsxWorkbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kuule.core.formula_escaping import escape_formulas
from kuule.core.xstring_escaping import escape_xstring
from kuule.languages.cldr.tags import find_language
from kuule.publishing.downloads.file_notes import FileNotes
from kuule.publishing.downloads.labelled_tables import (
    FileNumberState,
    LabelledTable,
    NumberRow,
    RowKind,
    number_rows,
)

WORKBOOK_FILE = "tables.xlsx"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name. With it, the same release makes the same bytes."""
_MODIFIED = re.compile(rb"(?<=<dcterms:modified )([^>]*>)[^<]*")
_TITLE = Font(bold=True, size=14)
_HEADING = Font(bold=True, size=12)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (34, 60, 12, 12, 12, 16)
_SHEET_NAME = 31
_SYMBOLS = {FileNumberState.FEW: "[low]", FileNumberState.NOT_SHOWN: "[c]"}
"""Shorthand for numbers that are not shown, as the same offices write it: low numbers, and confidential ones."""
_NOT_APPLICABLE = "[z]"


def workbook_bytes(tables: Sequence[LabelledTable], notes: FileNotes) -> bytes:
    """The workbook, in the language of the tables."""
    book = XlsxWorkbook()
    book.remove(book.active)
    names = [f"{number} {table.name}"[:_SHEET_NAME] for number, table in enumerate(tables, start=1)]
    _lines(book, _say(notes, "sheet_cover"), notes, list(_cover(notes)))
    _contents(book, tables, names, notes)
    _lines(book, _say(notes, "sheet_notes"), notes, list(_notes(tables, notes)))
    for number, (name, table) in enumerate(zip(names, tables, strict=True), start=1):
        _table_sheet(book, name, number, table, notes)
    properties = book.properties
    properties.title, properties.creator, properties.language = notes.title, notes.publisher, notes.tag
    properties.created = datetime.combine(notes.day, time())
    packed = io.BytesIO()
    book.save(packed)
    return _same_every_time(packed.getvalue(), notes)


def _say(notes: FileNotes, name: str, **values: object) -> str:
    return notes.ours.say_plain(name, **values)


def _sheet(book: XlsxWorkbook, name: str, notes: FileNotes) -> Worksheet:
    sheet = book.create_sheet(name[:_SHEET_NAME])
    sheet.sheet_view.rightToLeft = find_language(notes.tag).rtl
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    return sheet


def _lines(book: XlsxWorkbook, name: str, notes: FileNotes, lines: Sequence[tuple[str, str]]) -> None:
    """A sheet with a line below a line: a heading each, and what it says."""
    sheet = _sheet(book, name, notes)
    for row, (heading, text) in enumerate(lines, start=1):
        for column, words in enumerate((heading, text), start=1):
            cell = sheet.cell(row, column, _text(words) or None)
            cell.alignment = _WRAPPED
            cell.font = _TITLE if row == 1 else _HEADING if column == 1 else Font()
    sheet.column_dimensions["B"].width = 90


def _cover(notes: FileNotes) -> Iterator[tuple[str, str]]:
    yield notes.title, ""
    if notes.rehearsal:
        yield notes.words.say("practice"), notes.words.say("practice_note")
    yield _say(notes, "cover_publisher"), notes.publisher
    yield _say(notes, "release_version"), notes.version
    yield _say(notes, "release_day"), notes.day.isoformat()
    yield _say(notes, "cite_heading"), notes.citation
    yield _say(notes, "licence_heading"), notes.licence_address or notes.licence
    if notes.address:
        yield _say(notes, "release_address"), notes.address
    if notes.contact:
        yield _say(notes, "release_contact"), notes.contact
    yield _say(notes, "release_content"), notes.content
    yield _SYMBOLS[FileNumberState.FEW], _say(notes, "symbol_low")
    yield _SYMBOLS[FileNumberState.NOT_SHOWN], _say(notes, "symbol_c")
    yield _NOT_APPLICABLE, _say(notes, "symbol_z")


def _contents(book: XlsxWorkbook, tables: Sequence[LabelledTable], names: Sequence[str], notes: FileNotes) -> None:
    sheet = _sheet(book, _say(notes, "sheet_contents"), notes)
    sheet.cell(1, 1, _say(notes, "sheet_contents")).font = _TITLE
    for row, (name, table) in enumerate(zip(names, tables, strict=True), start=2):
        cell = sheet.cell(row, 1, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.style = "Hyperlink"
        sheet.cell(row, 2, _text(table.title)).alignment = _WRAPPED
    sheet.column_dimensions["B"].width = 90


def _notes(tables: Sequence[LabelledTable], notes: FileNotes) -> Iterator[tuple[str, str]]:
    yield _say(notes, "sheet_notes"), ""
    sentences = dict.fromkeys(sentence for table in tables for sentence in notes.sentences(table.table))
    for number, sentence in enumerate(sentences, start=1):
        yield _say(notes, "note_number", number=notes.words.number(number)), sentence


def _table_sheet(book: XlsxWorkbook, name: str, number: int, labelled: LabelledTable, notes: FileNotes) -> None:
    sheet = _sheet(book, name, notes)
    sheet.cell(1, 1, _text(labelled.title)).font = _TITLE
    sheet.cell(2, 1, _say(notes, "sheet_has_one_table"))
    sheet.cell(3, 1, _say(notes, "sheet_more_in_notes"))
    head = [_say(notes, "head_group"), *_heads(notes)]
    rows = list(number_rows(labelled.table))
    for column, heading in enumerate(head, start=1):
        cell = sheet.cell(5, column, heading)
        cell.alignment = _WRAPPED
    states = {state: _say(notes, f"state_{state}") for state in FileNumberState}
    for row in rows:
        sheet.append((*_cells(labelled, row, notes), states[row.state]))
    table = Table(displayName=f"table_{number}", ref=f"A5:F{5 + len(rows)}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = "C6"


def _heads(notes: FileNotes) -> tuple[str, ...]:
    words = notes.words
    return (
        words.say("answer"),
        words.say("people"),
        f"{words.say('share')} (%)",
        words.say("base_row"),
        _say(notes, "head_state"),
    )


def _cells(labelled: LabelledTable, row: NumberRow, notes: FileNotes) -> tuple[object, ...]:
    symbol = _SYMBOLS.get(row.state)
    answer = labelled.label_of(row) or _say(notes, "whole_group")
    share: object = symbol if row.share is None else row.share
    base: object = symbol if row.base is None else row.base
    if row.kind is RowKind.MISSING:
        answer, share, base = _say(notes, "not_in_base", reason=answer), _NOT_APPLICABLE, _NOT_APPLICABLE
    people = symbol if row.people is None else row.people
    return (_text(labelled.group_of(row)), _text(answer), people, share, base)


def _text(words: str) -> str:
    """Words as they have to stand in a cell."""
    return escape_xstring(escape_formulas(words))


def _same_every_time(content: bytes, notes: FileNotes) -> bytes:
    """The same workbook without the moment at which it was made."""
    modified = rb"\g<1>" + f"{notes.day.isoformat()}T00:00:00Z".encode()
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as made, ZipFile(packed, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = made.read(name)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, _MODIFIED.sub(modified, part) if name == "docProps/core.xml" else part)
    return packed.getvalue()
