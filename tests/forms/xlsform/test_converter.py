from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from kuule.core.problems import Severity, StudyError
from kuule.forms.compile.form import compile_form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.xlsform.converter import read_xlsform
from tests.forms.scenario import converted


def test_source_language_alone_is_converted() -> None:
    form = converted(
        """
        | survey |
        | | type | name | label::English (en) | label::Svenska (sv) | hint::Svenska (sv) |
        | | text | a    | Words               | Ord                 | Tips               |
        """
    )
    assert (form.problems, form.language) == ((), "English (en)")
    assert [source.text for source in texts_to_translate(compile_form(form.xform))] == ["Words"]


def test_default_language_of_the_settings_is_the_source() -> None:
    form = converted(
        """
        | survey |
        | | type | name | label::English (en) | label::Svenska (sv) |
        | | text | a    | Words               | Ord                 |
        | settings |
        | | default_language |
        | | Svenska (sv)     |
        """
    )
    assert [source.text for source in texts_to_translate(compile_form(form.xform))] == ["Ord"]


def test_error_of_the_converter_names_sheet_and_row() -> None:
    form = converted(
        """
        | survey |
        | | type            | name | label |
        | | text            | a    | A     |
        | | select_one nope | b    | B     |
        | choices |
        | | list_name | name | label |
        | | other     | x    | X     |
        """
    )
    (problem,) = form.problems
    assert (problem.code, problem.place, problem.severity) == ("FORM_030", "form.md, survey, row 3", Severity.ERROR)
    assert "nope" in problem.cause
    assert form.xform == ""


def test_each_error_of_the_converter_is_a_problem_with_its_own_row() -> None:
    table = """
        | survey |
        | | type | name | label |
        | | select_one l | a | A |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
        | | l | x | Again |
        | | l | y | Y |
        | | l | y | Again |
        """
    found = [problem for problem in converted(table).problems if problem.code == "FORM_030"]
    assert [problem.place for problem in found] == ["form.md, choices, row 3", "form.md, choices, row 5"]
    assert all("[row" not in problem.remedy for problem in found)


def test_several_of_the_answers_of_a_repeat_are_refused_with_their_row() -> None:
    table = """
        | survey |
        | | type | name | label |
        | | begin_repeat | p | Person |
        | | text | word | A word for them |
        | | end_repeat | | |
        | | {} ${{word}} | chosen | Who? |
        """
    found = converted(table.format("select_multiple")).problems
    assert [(one.code, one.place) for one in found] == [("FORM_047", "form.md, survey, row 5")]
    assert [converted(table.format(kind)).problems for kind in ("select_one", "rank")] == [(), ()]


def test_rows_are_as_written() -> None:
    rows = converted(
        """
        | survey |
        | | type    | name | label | relevant     |
        | | text    | a    | A     |              |
        | | integer | b    | B     | ${a} = 'x'   |
        """
    ).rows
    assert [(row.row, row.type, row.name, row.relevant) for row in rows] == [
        (2, "text", "a", ""),
        (3, "integer", "b", "${a} = 'x'"),
    ]


def test_file_that_is_no_workbook_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"not a workbook")
    assert [problem.code for problem in read_xlsform(path).problems] == ["FORM_032"]


def test_problem_of_an_expression_names_its_row() -> None:
    form = converted(
        """
        | survey |
        | | type        | name | label | relevant    |
        | | begin_group | g    | G     |             |
        | | text        | a    | A     |             |
        | | text        | b    | B     | nofunc(${a}) |
        | | end_group   |      |       |             |
        """
    )
    with pytest.raises(StudyError) as caught:
        compile_form(form.xform, form.places)
    assert [problem.place for problem in caught.value.problems] == ["form.md, survey, row 4, relevant"]


def test_form_is_converted_once_for_all_folders_that_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[object] = []

    def counted(*given: Any, **named: Any) -> Any:
        times.append(named)
        return convert(*given, **named)

    monkeypatch.setattr("pyxform.xls2xform.convert", counted)
    form = "| survey |\n| | type | name | label |\n| | text | kept_once | What is {}? |\n"
    made = []
    for folder, word in (("one", "this"), ("other", "this"), ("changed", "that")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "form.md").write_text(form.format(word), "utf-8")
        made.append(read_xlsform(tmp_path / folder / "form.md"))

    assert len(times) == 2
    assert made[0] == made[1]
    assert "What is that?" in made[2].xform
