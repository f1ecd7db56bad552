"""Writes tables as workbooks (ECMA-376): texts are texts whatever they begin with, numbers are numbers, and a day is a
text.

Nothing is a formula, so that nothing an anonymous person wrote is evaluated. The sheets are written straight into the
file: the library that reads and writes forms would first put each into a temporary file, with its answers in clear.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.exports.csv_files import codebook_frame
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import ExportColumn
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter
from kuule.forms.xlsform.xlsx_scan import column_letters

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_CELL_LENGTH = 32_767
"""UTF-16 units that a cell holds at most."""
MAX_SHEET_NAME_LENGTH = 31
"""Characters of a sheet's name at most."""
_EXACT = 2**53
"""A spreadsheet's numbers are floating-point. Larger whole numbers would change, so they are written as texts."""
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEGIN = (
    f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_END = "</sheetData></worksheet>"


def write_xlsx(sheets: Sequence[tuple[str, pl.DataFrame]], path: Path) -> None:
    """Write a workbook with these sheets. A missing value is an empty cell. Characters that XML 1.0 cannot hold are
    left out.

    Raises ArchiveError DATA_045 for a table or a text that is larger than a spreadsheet can hold, and OSError.
    """
    for name, frame in sheets:
        _check_size(f"{path.name}, {name}", frame)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in _frame_of([name[:MAX_SHEET_NAME_LENGTH] for name, _ in sheets]).items():
            book.writestr(_entry(part), _DECLARED + content)
        for number, (_, frame) in enumerate(sheets, 1):
            with book.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part_file:
                _write_sheet(frame, part_file)


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    """The table, with the meaning of its columns and codes in the export's language on a sheet of its own."""
    path = folder.file(table.name, "xlsx")
    frame = folder.note_file_as_in_dataset(path, table, columns)
    codebook = codebook_frame({path.name: folder.files[path.name]}, [folder.language], folder.dataset.codebook)
    write_xlsx([(table.name, frame), ("codebook", codebook)], path)


def _write_open_text(folder: ExportFolder, texts: ExportTable) -> None:
    write_xlsx([(texts.name, texts.frame)], folder.file(texts.name, "xlsx"))


XLSX = FormatWriter(_write_table, _write_open_text)


def _entry(name: str) -> zipfile.ZipInfo:
    """A part of the package, without the time at which it was made."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame_of(names: Sequence[str]) -> dict[str, str]:
    """The parts of a package that say which sheets there are."""
    places = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)]
    overrides = {"xl/workbook.xml": "sheet.main+xml", **dict.fromkeys(places, "worksheet+xml")}
    types = "".join(f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}"/>' for part, kind in overrides.items())
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": _relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations({place.removeprefix("xl/"): "worksheet" for place in places}),
    }


def _relations(targets: dict[str, str]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _write_sheet(frame: pl.DataFrame, file: IO[bytes]) -> None:
    columns = [column_letters(number) for number in range(1, frame.width + 1)]
    file.write(_BEGIN.encode())
    for number, row in enumerate(_rows(frame), 1):
        given = ((at, value) for at, value in zip(columns, row, strict=True) if not _empty(value))
        cells = "".join(f'<c r="{at}{number}"{_value(value)}</c>' for at, value in given)
        file.write(f'<row r="{number}">{cells}</row>'.encode())
    file.write(_END.encode())


def _rows(frame: pl.DataFrame) -> Iterator[Sequence[object]]:
    yield frame.columns
    yield from frame.iter_rows()


def _empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and not math.isfinite(value))


def _value(value: object) -> str:
    """The type and value of a cell."""
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v>'
    if isinstance(value, float) or (isinstance(value, int) and abs(value) <= _EXACT):
        return f"><v>{value!r}</v>"
    text = value.isoformat() if isinstance(value, date) else str(value)
    written = escape(cell_text(text), {"\r": "&#13;"})
    return f' t="inlineStr"><is><t xml:space="preserve">{written}</t></is>'


def cell_text(text: str) -> str:
    """A text as a cell holds it. Anything that looks like an escaped character (`_x0041_`) is escaped itself, or it
    would be read as one."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("", text))


def _check_size(place: str, frame: pl.DataFrame) -> None:
    if frame.height + 1 > MAX_ROWS or frame.width > MAX_COLUMNS:
        cause = f"{frame.height + 1:,} rows of {frame.width:,} columns; a sheet holds {MAX_ROWS:,} of {MAX_COLUMNS:,}"
        raise _too_large(place, cause)
    for column, kind in frame.schema.items():
        for number, text in enumerate(frame[column] if kind == pl.String else (), 2):
            if text is not None and (length := _length(text)) > MAX_CELL_LENGTH:
                cause = f"a text of {length:,} characters; a cell holds {MAX_CELL_LENGTH:,}"
                raise _too_large(f"{place}, row {number}, {column}", cause)


def _length(text: str) -> int:
    if 7 * len(text) <= MAX_CELL_LENGTH:  # an escape turns one character into seven
        return len(text)
    return len(cell_text(text).encode("utf-16-le")) // 2


def _too_large(place: str, cause: str) -> ArchiveError:
    return ArchiveError(Problem("DATA_045", place, cause, "export as csv or parquet"))
