"""Clumsy questionnaires: whatever a file holds, reading it ends in sheets or in problems with sheet and row."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook as Made

from kuule.errors import Problem, Severity
from kuule.forms.workbook import LARGEST, Workbook, read_workbook
from kuule.forms.xlsform import read_xlsform

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
        (b"|" * (LARGEST + 1), "larger"),
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
