"""Clumsy questionnaires: whatever a file holds, reading it ends in sheets or in problems with sheet and row."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from time import process_time

import pytest
from openpyxl import Workbook as Made
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from kuule.core.problems import Problem, Severity
from kuule.forms.xlsform.converter import read_xlsform
from kuule.forms.xlsform.workbook import MAX_FILE_BYTES, Workbook, read_workbook

Rows = Sequence[Sequence[object]]


def markdown(tmp_path: Path, text: str | bytes) -> Workbook:
    path = tmp_path / "form.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_workbook(path)


def spreadsheet(tmp_path: Path, sheets: Mapping[str, Rows], merged: str = "") -> Workbook:
    made = Made()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merged:
            sheet.merge_cells(merged)
    made.save(tmp_path / "form.xlsx")
    return read_workbook(tmp_path / "form.xlsx")


def zip_of(part: str, content: str = "x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(part, content)
    return file.getvalue()


def told(workbook: Workbook) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in workbook.problems]


def test_row_with_more_cells_than_its_head_is_named(tmp_path: Path) -> None:
    found = markdown(tmp_path, "| survey |\n| | type | name |\n| | text | a |\n| | text | b | (x|y) |\n")
    assert told(found) == [("FORM_033", "form.md, survey, row 3"), ("FORM_033", "form.md, survey, row 3")]
    assert found.broken
    assert "\\|" in found.problems[0].remedy


def test_nothing_is_converted_from_a_row_whose_cells_moved(tmp_path: Path) -> None:
    markdown(tmp_path, "| survey |\n| | type | name | label |\n| | text | a | A | b |\n")
    form = read_xlsform(tmp_path / "form.md")
    assert (form.xform, [problem.code for problem in form.problems]) == ("", ["FORM_033"])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_byte_order_mark_line_endings_and_the_rule_under_a_head_are_no_content(tmp_path: Path, ending: str) -> None:
    lines = [
        "\ufeff| survey |",
        "| --- | :---: | ---: | --- |",
        "| | type | name | label |",
        "|  | text | a | A - |",
        "",
        "# no",
    ]
    found = markdown(tmp_path, ending.join(lines))
    assert (told(found), found.rows("survey")) == ([], ({"type": "text", "name": "a", "label": "A -"},))


def test_last_bar_may_be_left_out_and_a_comment_may_follow_it(tmp_path: Path) -> None:
    found = markdown(tmp_path, "| survey |\n| | type | name\n| | text | a | # why it is asked\n| | text | b\n")
    assert (told(found), found.rows("survey")) == ([], ({"type": "text", "name": "a"}, {"type": "text", "name": "b"}))


def test_row_that_does_not_begin_with_a_bar_is_told(tmp_path: Path) -> None:
    found = markdown(tmp_path, "| survey |\n| | type | name |\n| | text | a |\n text | b | c |\n")
    assert told(found) == [("FORM_035", "form.md, survey, row 2")]


def test_unseen_signs_leave_expressions_and_names_and_stay_in_texts(tmp_path: Path) -> None:
    row = "| | text\u00a0 | \u200ba | «\u00a0A\u00a0» | ${b}\u00a0=\u2009'x' |"
    found = markdown(tmp_path, f"| survey |\n| | type | name | label | relevant |\n{row}\n")
    assert found.rows("survey") == (
        {"type": "text", "name": "a", "label": "«\u00a0A\u00a0»", "relevant": "${b} = 'x'"},
    )


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"", "no table"),
        (b"words | and | bars", "no table"),
        (b"|" * (MAX_FILE_BYTES + 1), "larger"),
    ],
)
def test_file_that_is_no_markdown_table_is_told(tmp_path: Path, content: bytes, cause: str) -> None:
    found = markdown(tmp_path, content)
    assert told(found) == [("FORM_032", "form.md")]
    assert cause in found.problems[0].cause


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "| choices |\n| | list_name | name |\n| | a | b |\n| settings |\n| | version |\n| | 1 |\n",
            ("FORM_034", "form.md"),
        ),
        ("| survey |\n", ("FORM_034", "form.md, survey")),
        ("| survey |\n| | type | name |\n", ("FORM_034", "form.md, survey")),
        ("| survey |\n| | type | name | type |\n| | text | a | b |\n", ("FORM_034", "form.md, survey, row 1")),
        ("| survey |\n| | type |\n| | text |\n| Survey |\n| | type |\n| | text |\n", ("FORM_034", "form.md, survey")),
    ],
)
def test_sheets_and_heads_that_mislead_are_told(tmp_path: Path, text: str, problem: tuple[str, str]) -> None:
    assert told(markdown(tmp_path, text)) == [problem]


def test_values_of_a_spreadsheet_are_what_an_author_sees(tmp_path: Path) -> None:
    values = [3, 2.0, 0.5, True, date(2026, 11, 24), datetime(2026, 11, 24, 7, 30), time(7, 30), " x "]  # noqa: DTZ001 - a spreadsheet has no time zones
    found = spreadsheet(tmp_path, {"survey": [["type", "name", "default"], *(["text", "a", one] for one in values)]})
    assert [row["default"] for row in found.rows("survey")] == [
        *("3", "2", "0.5", "TRUE", "2026-11-24", "2026-11-24T07:30:00", "07:30:00", "x"),
    ]
    assert told(found) == []


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "it is empty"),
        (b"type,name,label\n", "it is called .xlsx, and is another kind of file"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504), "it is an old .xls, or has a password"),
        (zip_of("META-INF/manifest.xml"), "it is called .xlsx, and is a file of LibreOffice (.ods)"),
        (zip_of("Index/Document.iwa"), "it is called .xlsx, and is a file of Numbers"),
        (zip_of("xl/workbook.bin"), "it is called .xlsx, and is a binary workbook of Excel (.xlsb)"),
        (zip_of("word/document.xml"), "it is called .xlsx, and is a document of Word"),
        (
            zip_of("xl/workbook.xml", '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'),
            "it is a Strict Open XML Spreadsheet",
        ),
        (b"PK\x03\x04" + bytes(40), "it is no workbook that can be read: it is broken, or not all of it is there"),
    ],
)
def test_file_that_is_no_workbook_is_told_for_what_it_is(tmp_path: Path, content: bytes, cause: str) -> None:
    (tmp_path / "form.xlsx").write_bytes(content)
    [problem] = read_workbook(tmp_path / "form.xlsx").problems
    assert (problem.code, problem.cause) == ("FORM_032", cause)


def test_file_that_the_system_does_not_give_out_is_not_said_to_be_of_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    (tmp_path / "form.xlsx").touch()
    monkeypatch.setattr(os, "open", refuse)
    [problem] = read_workbook(tmp_path / "form.xlsx").problems
    assert (problem.code, problem.cause) == ("FORM_032", "it cannot be read (Permission denied)")
    assert problem.remedy == "close it in other programs, and see that you may read it"


def test_rows_keep_their_numbers_over_empty_ones(tmp_path: Path) -> None:
    found = spreadsheet(tmp_path, {"survey": [["type", "name"], ["text", "a"], [], ["text", "b"], [], []]})
    assert found.rows("survey") == ({"type": "text", "name": "a"}, {}, {"type": "text", "name": "b"})


def test_formula_that_no_spreadsheet_computed_and_one_that_went_wrong_are_told(tmp_path: Path) -> None:
    found = spreadsheet(tmp_path, {"survey": [["type", "name"], ["text", "=A1"], ["text", "#REF!"]]})
    assert told(found) == [("FORM_035", "form.xlsx, survey, row 3"), ("FORM_035", "form.xlsx, survey, row 2")]


def test_merged_cells_and_notes_without_a_heading_only_warn(tmp_path: Path) -> None:
    found = spreadsheet(tmp_path, {"survey": [["type", "name"], ["text", "a", "a note"], ["text", "b"]]}, "B2:B3")
    assert told(found) == [("FORM_035", "form.xlsx, survey, row 2"), ("FORM_033", "form.xlsx, survey, row 2")]
    assert {problem.severity for problem in found.problems} == {Severity.WARNING}


def test_column_without_a_heading_is_told_once(tmp_path: Path) -> None:
    rows = [["type", "name"], ["text", "a", "first"], ["text", "b"], ["text", "c", "last", "other"]]
    found = spreadsheet(tmp_path, {"survey": rows})
    assert [(problem.place, problem.cause.partition("not read: ")[2]) for problem in found.problems] == [
        ("form.xlsx, survey, row 2", "'first' (column 3), and 1 more below it"),
        ("form.xlsx, survey, row 4", "'other' (column 4)"),
    ]


@pytest.mark.parametrize("above", [[[]], [["Our questionnaire"]], [["Our questionnaire"], [], ["Version", 3]]])
def test_headings_below_a_title_are_told_and_nothing_else(tmp_path: Path, above: Rows) -> None:
    rows = [["Type", "name", "label"], ["text", "a", "A"], ["text", "b", "B"]]
    found = spreadsheet(tmp_path, {"survey": [*above, *rows], "choices": [["list_name", "name"], ["l", "a"]]})
    [problem] = found.problems
    row = len(above) + 1
    assert (problem.code, problem.place) == ("FORM_034", f"form.xlsx, survey, row {row}")
    assert problem.cause == f"the headings stand in row {row}, and they are looked for in the first row"


def test_sheets_are_found_as_numbers_and_clumsy_hands_name_them(tmp_path: Path) -> None:
    survey, choices = [["type", "name"], ["text", "a"]], [["list_name", "name"], ["l", "a"]]
    named = {"Export Summary": [["Exported"]], "survey - Table 1": survey, "Choices - Tabelle 1": choices}
    assert tuple(spreadsheet(tmp_path, named).sheets) == ("survey", "choices")
    named = {" Survey\u00a0": survey, "survey - old": choices, "CHOICES ": choices}
    found = spreadsheet(tmp_path, named)
    assert (told(found), tuple(found.sheets)) == ([], ("survey", "choices"))
    assert found.rows("survey") == ({"type": "text", "name": "a"},)


def test_what_spreadsheet_programs_leave_in_a_sheet_is_not_seen(tmp_path: Path) -> None:
    made = Made()
    made.active.title = "survey"
    for row in (["\u00a0type ", "name\u2003", "label"], ["select_one\u00a0l", "a", "A"], ["text", 3.0, "B"]):
        made.active.append(row)
    made.active.cell(1_048_576, 3).number_format = "@"
    made.active.auto_filter.ref = made.active.dimensions
    made.active["A2"].comment = Comment("mine", "me")
    hidden = made.create_sheet("choices")
    hidden.append(["list_name", "name", "label"])
    hidden.append(["l", 1.0, "One"])
    hidden.sheet_state = "hidden"
    chart = BarChart()
    chart.add_data(Reference(hidden, min_col=2, min_row=1, max_row=2))
    made.create_chartsheet("chart").add_chart(chart)
    made.create_sheet("secret").sheet_state = "veryHidden"
    made.save(tmp_path / "form.xlsx")
    found = read_workbook(tmp_path / "form.xlsx")
    assert told(found) == []
    assert [dict(row) for row in found.rows("survey")] == [
        {"type": "select_one l", "name": "a", "label": "A"}, {"type": "text", "name": "3", "label": "B"},
    ]  # fmt: skip
    assert [dict(row) for row in found.rows("choices")] == [{"list_name": "l", "name": "1", "label": "One"}]


def test_sheets_of_the_authors_own_are_not_read(tmp_path: Path) -> None:
    found = spreadsheet(tmp_path, {"Survey": [["type", "name"], ["text", "a"]], "my notes": [["#REF!", "#REF!"]]})
    assert (told(found), tuple(found.sheets), found.names) == ([], ("survey",), ("Survey", "my notes"))


_TYPES = (
    "text",
    "select_one l",
    "select_one",
    "begin_group",
    "end_repeat",
    "txet",
    "",
    1,
    True,
    None,
    "range",
    "rank l",
)
_NAMES = ("a", "b", "1a", "a b", "a\u00a0", "", None, 5, "x:y", "🙂", "${a}", "meta")
_CELLS = ("${a} = 1", "${nope}", "‘x’", "(((", "<a>&", "|", "\x0b", "=1+1", "#REF!", None, "yes", "start=a", "a" * 999)
_HEADINGS = (
    "label",
    "relevant",
    "constraint",
    "parameters",
    "choice_filter",
    "type",
    "",
    "label::x (en)",
    "bind::",
    "::",
)


def _clumsy(chance: random.Random) -> dict[str, Rows]:
    head = ["type", "name", *chance.choices(_HEADINGS, k=chance.randrange(5))][chance.randrange(2) :]
    rows = [
        [chance.choice(_TYPES), chance.choice(_NAMES), *chance.choices(_CELLS, k=chance.randrange(6))]
        for _ in range(chance.randrange(7))
    ]
    choices = [
        ["list_name", "name", "label"],
        *([chance.choice(("l", "m", None)), *chance.choices(_NAMES, k=2)] for _ in "123"),
    ]
    sheets: dict[str, Rows] = {
        "survey": [head, *rows],
        "choices": choices,
        "settings": [["form_id"], [chance.choice(_NAMES)]],
    }
    for name in tuple(sheets):
        if chance.random() < 0.1:
            del sheets[name]
    return sheets or {"other": []}


def _as_markdown(sheets: Mapping[str, Rows]) -> str:
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines += [f"| | {' | '.join('' if cell is None else str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _all_placed(problems: Sequence[Problem]) -> bool:
    return all(
        problem.place.startswith(("form.", "the XForm", "choices", "/")) and problem.remedy for problem in problems
    )


@pytest.mark.parametrize("seed", range(80))
def test_clumsy_files_end_in_problems_and_never_in_a_crash(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    sheets = _clumsy(chance)
    if seed % 2:
        markdown(tmp_path, _as_markdown(sheets))
        form = read_xlsform(tmp_path / "form.md")
    else:
        clean = {
            name: [[str(c).replace("\x0b", "") if isinstance(c, str) else c for c in row] for row in rows]
            for name, rows in sheets.items()
        }
        spreadsheet(tmp_path, clean)
        form = read_xlsform(tmp_path / "form.xlsx")
    assert bool(form.xform) or any(problem.severity is Severity.ERROR for problem in form.problems)
    assert _all_placed(form.problems)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>type</t></is></c></row>'


def packed(tmp_path: Path, sheet: str, *, part: str = "xl/worksheets/sheet1.xml") -> Workbook:
    """A workbook whose first sheet, or another part, is put in the place of what a program wrote."""
    spreadsheet(tmp_path, {"survey": [("type", "name", "label"), ("text", "a", "A")]})
    with zipfile.ZipFile(tmp_path / "form.xlsx") as old, zipfile.ZipFile(tmp_path / "new.xlsx", "w", 8) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, sheet)
    return read_workbook(tmp_path / "new.xlsx")


def said(workbook: Workbook) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.place, problem.cause) for problem in workbook.problems]


def test_a_merged_range_of_a_whole_sheet_is_told_and_takes_no_time(tmp_path: Path) -> None:
    began = process_time()
    found = spreadsheet(tmp_path, {"survey": [("type", "name", "label"), ("text", "a", "A")]})
    content = (tmp_path / "form.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
    found = packed(tmp_path, sheet.replace("</sheetData>", merged.format("D2:XFD1048576")))
    assert said(found) == [
        (
            "FORM_035",
            "new.xlsx, survey, row 2",
            "the cells D2:XFD1048576 are merged, and only the first of them holds anything",
        )
    ]
    assert found.sheets["survey"].rows == ({"type": "text", "name": "a", "label": "A"},)
    over = packed(tmp_path, sheet.replace("</sheetData>", merged.format("A2:C3")))
    assert over.sheets["survey"].rows == ({"type": "text"},)
    assert process_time() - began < 10


@pytest.mark.parametrize(
    ("sheet", "cause"),
    [
        (
            "<sheetData><row>{}</row></sheetData>".format("<c><v>1</v></c>" * 500_001),
            "it has more than 500,000 cells",
        ),
        (
            "<sheetData>{}</sheetData>".format("".join(ROW.format(number) for number in (1, 900, 1800, 30_500))),
            None,
        ),
        (
            "<sheetData>{}</sheetData>".format("".join(ROW.format(number) for number in range(1, 31_000, 900))),
            "it goes on below row 30,000",
        ),
        (
            f"<sheetData>{ROW.format(1) + ROW.format(3) + ROW.format(2)}</sheetData>",
            "row 2 stands behind row 3",
        ),
        (
            "<sheetData/><mergeCells>{}</mergeCells>".format('<mergeCell ref="A1:B1"/>' * 1001),
            "more than 1,000 ranges of its cells are merged",
        ),
        ('<sheetData><row r="999999999"><c r="XFD999999999"><v>1</v></c></row></sheetData>', None),
    ],
    ids=["cells", "a gap ends it", "rows", "order", "merged", "far away"],
)
def test_a_sheet_that_is_more_than_a_questionnaire_is_refused_with_its_place(
    tmp_path: Path, sheet: str, cause: str | None
) -> None:
    began = process_time()
    large = '<dimension ref="A1:B2"/>'  # which lies
    found = [problem for problem in said(packed(tmp_path, SHEET.format(large + sheet))) if problem[0] == "FORM_048"]
    assert found == ([] if cause is None else [("FORM_048", "new.xlsx, survey", cause)])
    assert process_time() - began < 20


def test_a_list_that_all_sheets_share_is_bounded_before_it_is_read(tmp_path: Path) -> None:
    strings = "<sst>{}</sst>".format("<si/>" * 500_001)
    found = packed(tmp_path, strings, part="xl/sharedStrings.xml")
    assert said(found) == [("FORM_048", "new.xlsx", "it has more than 500,000 entries of one kind (si)")]


def test_what_a_sheet_says_of_its_own_size_is_not_believed(tmp_path: Path) -> None:
    rows = "".join(ROW.format(number) for number in range(1, 6))
    found = packed(tmp_path, SHEET.format(f'<dimension ref="A1:A2"/><sheetData>{rows}</sheetData>'))
    assert len(found.sheets["survey"].rows) == 4
