"""Workbooks as other programs write them (written_by/README.md), and what people's keyboards and clipboards put in."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kuule.forms.xlsform.converter import convert_workbook
from kuule.forms.xlsform.workbook import read_workbook

WRITERS = sorted((Path(__file__).parent / "written_by").glob("*.xlsx"))
SURVEY = (
    {"type": "select_one yn", "name": "told", "label": "Have you told anyone?", "hint": "Choose one."},
    {"type": "begin_group", "name": "who", "label": "Whom you told", "relevant": "${told} = 'yes'"},
    {"type": "integer", "name": "year", "label": "In which year?", "hint": "Four digits."},
    {"type": "note", "name": "thanks", "label": "Thank you for «this» – and that."},
    {"type": "end_group"},
)
CHOICES = (
    {"list_name": "yn", "name": "yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
    {"list_name": "yn", "name": "9", "label": "I’d rather not say"},
)
WITH_SHARED_TEXTS = Path(__file__).parent / "written_by" / "perl.xlsx"
WITH_ANOTHER_TEXT = {"openpyxl-habits", "exceljs"}
"""Those with words in bold in a cell, which are not those of the others."""
WIDE = str.maketrans({chr(number): chr(number + 0xFEE0) for number in range(0x21, 0x7F)})


def test_there_are_workbooks_of_several_writers() -> None:
    assert len(WRITERS) >= 8


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.stem)
def test_workbook_of_another_writer_says_the_same(path: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = read_workbook(path)
    assert [str(one.message) for one in told] == []  # nothing of a library's own on the screen of an author
    assert found.problems == ()
    assert [row.get("type", "") for row in found.rows("survey")] == [row["type"] for row in SURVEY]
    if path.stem not in WITH_ANOTHER_TEXT:
        assert tuple(map(dict, found.rows("survey"))) == SURVEY
    assert tuple(map(dict, found.rows("choices"))) == CHOICES
    assert convert_workbook(found, path).xform != ""


def written(path: Path, change) -> Path:
    """The questionnaire with each cell as somebody typed it."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in (("survey", SURVEY), ("choices", CHOICES)):
        sheet = made.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append([change(name, "", heading) for heading in headings])
        for row in rows:
            sheet.append([change(name, heading, row[heading]) if heading in row else None for heading in headings])
    out = io.BytesIO()
    made.save(out)
    path.write_bytes(out.getvalue())
    return path


def as_excel(name: str, part: bytes) -> bytes:
    """What ECMA-376 has and Excel writes: a carriage return as _x000D_, how a word is read aloud beside it, parts of
    later versions that others may ignore, and the value of a formula, as a string of its own kind."""
    if name == "xl/sharedStrings.xml":
        part = part.replace(b"<t>Choose one.</t>", b"<t>Choose one._x000D_\n</t>")
        read_aloud = b'<rPh sb="0" eb="4"><t>no</t></rPh><phoneticPr fontId="1"/>'
        return part.replace(b"<t>Four digits.</t>", b"<r><t>Four </t></r><r><t>digits.</t></r>" + read_aloud)
    if name.startswith("xl/worksheets/"):
        later = b"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
        ending = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="' + later + b'"/></extLst>'
        part = part.replace(b"</worksheet>", ending + b"</worksheet>")
        value = b'<c r="C4" t="str"><f>CONCATENATE("In which"," year?")</f><v>In which year?</v></c>'
        return re.sub(rb'<c r="C4"[^>]*>.*?</c>', value, part) if name.endswith("sheet1.xml") else part
    return part


def as_google_sheets(name: str, part: bytes) -> bytes | None:
    """As it exports a sheet of a thousand rows: rows with a height and empty cells with a format down to the last, no
    dimension, and nothing on who made the file."""
    if name.startswith("docProps/"):
        return None
    if name in {"[Content_Types].xml", "_rels/.rels"}:
        return re.sub(rb"<(Override|Relationship)\b[^>]*docProps[^>]*/>", b"", part)
    if name.startswith("xl/worksheets/"):
        part = re.sub(rb"<dimension [^>]*/>", b"", part)
        empty = b"".join(
            b'<row r="%d" ht="15.75" customHeight="1"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (row, row, row)
            for row in range(20, 1001)
        )
        return part.replace(b"</sheetData>", empty + b"</sheetData>")
    return part


SHEETS = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
ABOUT = {"docProps/app.xml", "docProps/core.xml", "[Content_Types].xml", "_rels/.rels"}


@pytest.mark.parametrize(
    ("change", "parts"), [(as_excel, {"xl/sharedStrings.xml", *SHEETS}), (as_google_sheets, {*ABOUT, *SHEETS})]
)
def test_what_is_known_of_programs_that_nobody_had_says_the_same(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], parts: set[str]
) -> None:
    path, changed = tmp_path / "form.xlsx", set()
    with zipfile.ZipFile(WITH_SHARED_TEXTS) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            before = read.read(name)
            if (part := change(name, before)) is not None:
                made.writestr(name, part)
            if part != before:
                changed.add(name)
    assert changed == parts
    found = read_workbook(path)
    assert (found.problems, tuple(map(dict, found.rows("survey")))) == ((), SURVEY)
    assert tuple(map(dict, found.rows("choices"))) == CHOICES


TYPED = {
    "wide headings": lambda _, heading, cell: cell if heading else cell.translate(WIDE),
    "wide codes": lambda _, heading, cell: cell.translate(WIDE) if heading in {"type", "name", "list_name"} else cell,
    "soft hyphens": lambda _, heading, cell: cell.replace("_", "_\u00ad") if heading != "label" else cell,
    "marks of direction": lambda _, heading, cell: f"\u200e{cell}\u200f" if heading not in {"label", "hint"} else cell,
    "spaces behind": lambda _, heading, cell: f"{cell}\u00a0 ",
    "spaces without width": lambda _, heading, cell: f"\u200b{cell}" if heading not in {"label", "hint"} else cell,
}


@pytest.mark.parametrize("how", TYPED)
def test_what_keyboards_and_clipboards_put_in_is_taken_out(tmp_path: Path, how: str) -> None:
    found = read_workbook(written(tmp_path / "form.xlsx", TYPED[how]))
    assert (found.problems, tuple(map(dict, found.rows("survey")))) == ((), SURVEY)
    assert tuple(map(dict, found.rows("choices"))) == CHOICES


def converted(path: Path) -> str:
    found = convert_workbook(read_workbook(path), path)
    assert [one for one in found.problems if one.code != "FORM_031"] == []
    return found.xform


@pytest.mark.parametrize(
    "heading", ["Label", "LABEL", "label::English (en)", "Label::English (en)", "label :: English (en)"]
)
def test_labels_are_found_however_their_heading_is_written(tmp_path: Path, heading: str) -> None:
    plain = converted(written(tmp_path / "plain.xlsx", lambda _, __, cell: cell))
    path = written(tmp_path / "form.xlsx", lambda _, above, cell: heading if (above, cell) == ("", "label") else cell)
    assert converted(path) == plain


def test_types_in_capitals_are_those_in_small_letters(tmp_path: Path) -> None:
    plain = converted(written(tmp_path / "plain.xlsx", lambda _, __, cell: cell))
    capital = {"begin_group", "end_group", "integer", "note"}
    path = written(tmp_path / "form.xlsx", lambda _, __, cell: cell.capitalize() if cell in capital else cell)
    assert converted(path) == plain


def test_quotation_marks_that_a_spreadsheet_bent_are_straight_in_a_condition(tmp_path: Path) -> None:
    plain = converted(written(tmp_path / "plain.xlsx", lambda _, __, cell: cell))
    bent = {"relevant": "${told} = ‘yes’"}
    path = written(tmp_path / "form.xlsx", lambda _, above, cell: bent.get(above, cell))
    assert converted(path) == plain
