from __future__ import annotations

import json

import pytest

from kuule.core.problems import StudyError
from kuule.forms.navigation.visit import Move
from kuule.forms.record import (
    CALCULATION_LEFT_OUT,
    MAX_CALCULATED_LENGTH,
    Record,
    max_item_bytes,
    max_record_bytes,
)
from kuule.tables.missing import Missing
from tests.forms.scenario import Scenario, form_of

TABLE = """
    | survey |
    | | type            | name   | label | relevant       | appearance | calculation |
    | | select_one yn   | told   | Told? |                |            |             |
    | | text            | whom   | Whom? | ${told} = 'y'  |            |             |
    | | text            | wish   | Wish? |                | multiline  |             |
    | | integer         | age    | Age?  |                |            |             |
    | | calculate       | double |       |                |            | ${age} * 2  |
    | | calculate       | long   |       |                |            | concat(${wish}, ${wish}) |
    | choices |
    | | list_name | name | label |
    | | yn        | y    | Yes   |
    | | yn        | n    | No    |
    """


def test_record_says_why_each_item_is_missing() -> None:
    person = Scenario(form_of(TABLE)).answer("told", "n").next().next().go(Move.BACK).go(Move.FINISH)
    assert person.record.answers == {"/data/told": "n"}
    assert person.record.missing == {
        "/data/whom": Missing.NOT_ASKED,
        "/data/wish": Missing.PASSED_OVER,
        "/data/age": Missing.NOT_REACHED,
    }


FOLLOWED = """
    | survey |
    | | type          | name | label       | relevant      |
    | | text          | wish | Wish?       |               |
    | | select_one yn | told | Told?       |               |
    | | text          | whom | Whom?       | ${told} = 'y' |
    | | text          | last | Last?       |               |
    | choices |
    | | list_name | name | label |
    | | yn        | y    | Yes   |
    | | yn        | n    | No    |
    """


@pytest.mark.parametrize(("pages", "deciding"), [(2, Missing.PASSED_OVER), (1, Missing.NOT_REACHED)])
def test_what_follows_a_question_that_was_left_empty_or_not_reached_is_not_asked(pages: int, deciding: Missing) -> None:
    """A condition that is not met leads nowhere, whether another answer or none was given."""
    person = Scenario(form_of(FOLLOWED))
    for _ in range(pages):
        person.next()
    person.go(Move.BACK).go(Move.FINISH)
    assert person.record.missing == {
        "/data/wish": Missing.PASSED_OVER,
        "/data/told": deciding,
        "/data/whom": Missing.NOT_ASKED,
        "/data/last": Missing.NOT_REACHED,
    }


def test_record_has_calculations_and_leaves_long_ones_out() -> None:
    person = Scenario(form_of(TABLE)).next().answer("wish", "w" * 200).next().answer("age", "21").next()
    assert person.record.answers["/data/double"] == "42"
    assert "/data/long" not in person.record.answers
    assert person.record.flags == (CALCULATION_LEFT_OUT,)


SHOWN = """
    | survey |
    | | type          | name   | label             | readonly | default | calculation                           |
    | | integer       | weight | Weight            |          |         |                                       |
    | | decimal       | double | Twice that        | yes      |         | ${weight} * 2                         |
    | | text          | place  | Where             | yes      | site 7  |                                       |
    | | select_one yn | sure   | Sure?             | yes      | y       |                                       |
    | | text          | words  | In words          | yes      |         | jr:choice-name(${sure}, '${sure}')    |
    | | integer       | again  | Mend it if needed | no       |         | ${weight}                             |
    | | note          | read   | A note            |          |         |                                       |
    | choices |
    | | list_name | name | label |
    | | yn        | y    | Yes   |
    """


def test_record_keeps_what_is_shown_with_a_value_and_not_asked() -> None:
    person = Scenario(form_of(SHOWN)).answer("weight", "40").next()
    assert person.record.answers == {
        "/data/weight": "40",
        "/data/double": "80.0",
        "/data/place": "site 7",
        "/data/sure": "y",
        "/data/again": "40",
    }


def test_calculation_that_says_it_is_not_readonly_is_asked() -> None:
    person = Scenario(form_of(SHOWN))
    person.answer("weight", "40").next()
    while "again" not in person.sees:
        person.next()
    assert person.answer("again", "41").next().record.answers["/data/again"] == "41"


@pytest.mark.parametrize(
    ("calculation", "room"),
    [
        ("sum(${age}) * 2", 40),
        ("position(..)", 40),
        ("${age} > 17 and true()", 40),
        ("if(${age} > 17, 'grown', \"a child's\")", 9),
        ("if(${age} > 17, once(random()), '')", 40),
        ("coalesce('å', 'a')", 2),
        ("if(${age} > 17, ${wish}, '')", 0),
        ("concat(${age}, '')", 0),
        ("${wish}", 0),
    ],
)
def test_calculation_has_the_room_that_its_expression_shows(calculation: str, room: int) -> None:
    form = form_of(TABLE.replace("${age} * 2 ", calculation))
    item = form.item("/data/double")
    assert item is not None
    assert item.max_bytes == room
    left = max_record_bytes(form_of(TABLE.replace("${age} * 2 ", "${wish}")), 300) - max_record_bytes(form, 300)
    assert left == (4 * MAX_CALCULATED_LENGTH - max(room, len("passed_over")) if room else 0)


def test_number_that_is_longer_than_numbers_are_is_left_out_and_said() -> None:
    person = Scenario(form_of(TABLE.replace("${age} * 2 ", "pow(10, ${age})"))).next().next().answer("age", "60").next()
    assert "/data/double" not in person.record.answers
    assert person.record.flags == (CALCULATION_LEFT_OUT,)


@pytest.mark.parametrize("asked", ["select_one", "select_multiple", "rank"])
@pytest.mark.parametrize("name", ["y", "l" * 80, 'a"b', "å😀"])
def test_choice_from_the_list_has_the_room_that_the_envelope_was_made_for(asked: str, name: str) -> None:
    """Nothing is added up for a value of the list, so the bound has to have room for each."""
    form = form_of(TABLE.replace("select_one", asked).replace("| y    |", f"| {name} |").replace("'y'", "'n'"))
    person = Scenario(form).answer("told", name, *(["n"] if asked == "rank" else [])).next()
    assert person.record.answers["/data/told"].split()[0] == name
    item = form.item("/data/told")
    assert item is not None
    assert len(json.dumps({item.path: name}, ensure_ascii=False).encode()) - 2 <= max_item_bytes(form, item, 300)


def test_record_is_canonical_json() -> None:
    record = Record("s", "e", "sv", "ab", "2026-W48", {"/data/b": "å", "/data/a": '"'}, {"/data/c": Missing.NOT_ASKED})
    assert record.to_bytes().decode() == (
        '{"answers":{"/data/a":"\\"","/data/b":"å"},"edition":"e","flags":[],"language":"sv","link":"ab",'
        '"missing":{"/data/c":"not_asked"},"study":"s","v":1,"week":"2026-W48"}'
    )


@pytest.mark.parametrize(
    "change", [{"v": 2}, {"extra": 1}, {"answers": []}, {"missing": {"/data/a": "lost"}}, {"flags": [1]}]
)
def test_bytes_that_are_no_record_are_refused(change: dict[str, object]) -> None:
    content = json.loads(Record("s", "e", "sv", "", "2026-W48", {}, {}).to_bytes()) | change
    with pytest.raises(StudyError, match="FORM_060"):
        Record.from_bytes(json.dumps(content).encode())


@pytest.mark.parametrize("text", ["\U0001f600" * 300, '"\\' * 150, "\n" * 10 + "\x01" * 290])
def test_longest_record_holds_the_longest_answers(text: str) -> None:
    form = form_of(TABLE)
    person = Scenario(form, longest_text=300).answer("told", "y").next().answer("whom", text[:200]).next()
    person.answer("wish", text).next().answer("age", "2147483647").next()
    assert len(person.record.to_bytes()) <= max_record_bytes(form, 300)
    assert person.record.missing == (
        {} if text[0] != "\n" else dict.fromkeys(("/data/whom", "/data/wish"), Missing.PASSED_OVER)
    )
