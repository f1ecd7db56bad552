"""A bound of instances for each repeat, and a record that is never longer than what the bounds come to."""

from __future__ import annotations

import pytest

from kuule.core.limits import MAX_EDITION_ENVELOPE
from kuule.core.problems import StudyError
from kuule.forms.navigation.visit import Move
from kuule.forms.record import CALCULATION_LEFT_OUT, max_record_bytes
from kuule.forms.xform.definitions import MAX_INSTANCES
from kuule.study.edition.envelope_size import can_hold_every_response, envelope_size
from tests.forms.scenario import Scenario, converted, form_of

CHOICES = """
| choices |
| | list_name | name | label |
| | few       | 0    | None  |
| | few       | 3    | Three |
| | few       | 2    | Two   |
| | where     | home | Home  |
| | where     | work | Work  |
"""


def _form(count: str, parameters: str = "", constraint: str = ""):
    return form_of(
        f"""
| survey |
| | type | name | label | repeat_count | parameters | constraint |
| | integer | n | How many? | | | {constraint} |
| | select_one few | few | How many? | | | |
| | range | scale | How many? | | start=0 end=7 step=1 | |
| | select_multiple where | where | Where? | | | |
| | begin_repeat | r | Row | {count} | {parameters} | |
| | text | a | A | | | |
| | end_repeat | | | | | |
{CHOICES}"""
    )


@pytest.mark.parametrize(
    ("count", "parameters", "constraint", "most", "told"),
    [
        ("", "", "", 10, False),
        ("", "most=3", "", 3, False),
        ("4", "", "", 4, False),
        ("4", "most=3", "", 3, False),
        ("70", "", "", 10, True),
        ("${n}", "", "", 10, True),
        ("${n}", "most=20", "", 20, False),
        ("${n}", "", ". <= 6 and . > 0", 6, False),
        ("${n}", "", "7 > .", 6, False),
        ("${n}", "", ". > 6", 10, True),
        ("${n}", "", ". <= 200", 10, True),
        ("${n} + 1", "", ". < 5.5", 6, False),
        ("${few}", "", "", 3, False),
        ("${scale}", "", "", 7, False),
        ("count-selected(${where})", "", "", 2, False),
        ("if(${n} > 2, 2, ${few})", "", "", 3, False),
        ("min(${n}, 5)", "", "", 5, False),
        ("coalesce(${few}, ${scale})", "", "", 7, False),
        ("${few} * ${scale}", "", "", 10, True),
    ],
)
def test_bound_is_seen_where_it_can_be(count: str, parameters: str, constraint: str, most: int, told: bool) -> None:
    form = _form(count, parameters, constraint)
    assert form.body.max_instances["/data/r"] == most
    assert [doubt.code for doubt in form.check_problems] == (["FORM_045"] if told else [])


@pytest.mark.parametrize("limit", ["0", "51", "x", "-1", "1.5"])
def test_limit_that_is_none_is_a_problem_with_its_row(limit: str) -> None:
    read = converted(
        f"""
        | survey |
        | | type | name | label | parameters |
        | | begin_repeat | r | R | most={limit} |
        | | text | a | A | |
        | | end_repeat | | | |
        """
    )
    assert [(problem.code, problem.place) for problem in read.problems] == [
        ("FORM_044", "form.md, survey, row 2, parameters")
    ]


def test_engine_keeps_to_the_bound_whoever_asks_for_more() -> None:
    counted = Scenario(_form("${n}"))
    counted.answer("n", "40").next()
    counted.next().next().next()
    assert sum(place.startswith("/data/r[") for place in counted.record.missing) == 10
    added = Scenario(_form("", "most=2"))
    for _ in range(5):
        added.next()
    for _ in range(3):
        added.post(Move.ADD, added.page.key if added.page else "", {}, "/data/r")
    assert [place for place in added.record.missing if place.startswith("/data/r[")] == ["/data/r[1]/a", "/data/r[2]/a"]


NESTED = """
| survey |
| | type | name | label | repeat_count | appearance |
| | begin_repeat | child | Child | | |
| | text | name | Name | | |
| | select_one few | years | Years | | |
| | begin_repeat | place | Place | {count} | field-list |
| | text | where | Where? | | |
| | select_one few | often | How often? | | |
| | end_repeat | | | | |
| | end_repeat | | | | |
"""


@pytest.mark.parametrize(("count", "most"), [("", 4), ("3", 3), ("${years}", 3)])
def test_repeat_within_a_repeat_fits_an_envelope(count: str, most: int) -> None:
    form = form_of(NESTED.format(count=count) + CHOICES)
    assert form.body.max_instances == {"/data/child": 10, "/data/child/place": most}
    assert form.body.max_instances_within(("/data/child", "/data/child/place")) == 10 * most
    assert envelope_size(form, 2000) <= MAX_EDITION_ENVELOPE


@pytest.mark.parametrize("count", ["2", "${years}"])
def test_count_within_a_repeat_is_read_there(count: str) -> None:
    person = Scenario(form_of(NESTED.format(count=count) + CHOICES))
    person.next().answer("years", "2").next()
    assert person.sees == ["where", "often"]
    assert person.page is not None
    assert person.page.key == "/data/child[1]/place[1]"


def test_form_that_is_too_large_says_what_takes_the_room() -> None:
    form = _form("", f"most={MAX_INSTANCES}")
    with pytest.raises(StudyError) as caught:
        envelope_size(form_of(NESTED.format(count=str(MAX_INSTANCES)) + CHOICES), 2000)
    (problem,) = caught.value.problems
    assert problem.code == "EDITION_007"
    assert "where (" in problem.cause
    assert "in 500 instances" in problem.cause
    assert envelope_size(form, 2000) % 4096 == 0


def test_what_the_form_itself_makes_too_long_is_left_out_and_marked() -> None:
    form = form_of(
        f"""
        | survey |
        | | type | name | label | default | calculation |
        | | text | a | A | {"w" * 900} | |
        | | text | b | B | | '{"é" * 500}' |
        | | select_one few | c | C | {"x" * 60} | |
        | | text | d | D | {"w" * 100} | |
        {CHOICES.replace(chr(10), chr(10) + "        ")}"""
    )
    record = Scenario(form, longest_text=40).record
    assert dict(record.answers) == {"/data/d": "w" * 100}
    assert sorted(record.missing) == ["/data/a", "/data/b", "/data/c"]
    assert record.flags == (CALCULATION_LEFT_OUT,)
    assert len(record.to_bytes()) <= max_record_bytes(form, 40)


def test_room_is_proved_for_a_size() -> None:
    form = _form("")
    size = envelope_size(form, 2000)
    assert [
        can_hold_every_response(one, form, 2000) for one in (size - 4096, size, size + 4096, size + 1, 64 * 1024)
    ] == [
        False,
        True,
        True,
        False,
        False,
    ]
