"""Choices that stand in a file: what is wrong with them is told with the question's row."""

from __future__ import annotations

import pytest

from kuule.core.problems import Severity
from tests.forms.scenario import form_of

TABLE = """
    | survey |
    | | type | name | label | choice_filter | parameters |
    | | text | region | Where? | | |
    | | {type} t.csv | town | Which town? | {filter} | {parameters} |
    """


def told(content: str, kind: str = "select_one_from_file", choice_filter: str = "", parameters: str = "") -> list[str]:
    table = TABLE.format(type=kind, filter=choice_filter, parameters=parameters)
    doubts = form_of(table, {"t.csv": content}).check_problems
    assert {doubt.code for doubt in doubts} <= {"FORM_046"}
    assert {doubt.place for doubt in doubts} <= {"form.md, survey, row 3"}
    return [f"{doubt.severity}: {doubt.cause}" for doubt in doubts]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "t has no choices in it"),
        ("name,label\n", "t has no choices in it"),
        ("naam,label\na,A\n", "the choices of t have no 'name'"),
        ("name,label\na,A\n,B\n", "a choice of t has nothing in 'name'"),
    ],
)
def test_list_that_nobody_can_choose_from_is_an_error(content: str, cause: str) -> None:
    assert told(content) == [f"{Severity.ERROR}: {cause}"]


def test_code_with_a_space_is_an_error_where_several_can_be_chosen() -> None:
    spaced = "name,label\na b,A\nc,C\n"
    assert told(spaced, "select_multiple_from_file") == [
        f"{Severity.ERROR}: 'a b' in t has a space in it, which stands between codes"
    ]
    assert told(spaced) == []


def test_code_that_stands_twice_is_a_warning_unless_a_filter_tells_them_apart() -> None:
    twice = "name,label,region\na,A,north\na,Another,south\n"
    said = f"{Severity.WARNING}: 'a' stands twice in t, and only the first is offered"
    assert told(twice) == [said]
    assert told(twice, parameters="randomize=true") == [said]
    assert told(twice, choice_filter="region = ${region}") == []


def test_list_whose_columns_the_form_names_passes() -> None:
    assert told("code,title\n1,One\n", parameters="value=code, label=title") == []
    assert told("name,label\na,A\n", parameters="value=code") == [f"{Severity.ERROR}: the choices of t have no 'code'"]
