"""Kinds of questions: what a person can type, and what is kept of it."""

from __future__ import annotations

import pytest

from kuule.forms.compile.form import Form
from kuule.forms.model.controls import Control
from tests.forms.scenario import Scenario, form_of

KINDS = """
    | survey |
    | | type | name | label | appearance | parameters | default |
    | | begin_group | page | All kinds | field-list | | |
    | | text | line | In a line | | | |
    | | text | story | In your words | multiline | | |
    | | integer | age | How many years? | | | |
    | | decimal | share | Which share? | | | |
    | | range | scale | How strongly? | | start=0 end=10 step=2 | |
    | | date | day | Which day? | | | |
    | | date | month | Which month? | month-year | | |
    | | date | year | Which year? | year | | |
    | | time | hour | What time? | | | |
    | | datetime | moment | When exactly? | | | |
    | | acknowledge | read | I have read this | | | |
    | | note | thanks | Thank you | | | |
    | | hidden | wave | | | | 7 |
    | | end_group | | | | | |
    | | note | end | Goodbye | | | |
    """


@pytest.fixture(scope="module")
def kinds() -> Form:
    return form_of(KINDS)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("line", "  hello ", "hello"),
        ("story", "one\r\ntwo", "one\ntwo"),
        ("age", "٤٢", "42"),
        ("age", "۴۲", "42"),
        ("share", "0,5", "0.5"),
        ("scale", "8", "8"),
        ("day", "2020-02-29", "2020-02-29"),
        ("month", "2020-02", "2020-02-01"),
        ("year", "२०२०", "2020-01-01"),
        ("hour", "07:30", "07:30:00"),
        ("read", "OK", "OK"),
    ],
)
def test_answer_is_kept_in_its_stored_form_and_shown_again(kinds: Form, name: str, typed: str, kept: str) -> None:
    person = Scenario(kinds).answer(name, typed).next()
    assert person.visit.answers[f"/data/page/{name}"] == kept
    person.back()
    assert Scenario(kinds).answer(name, *person.question(name).typed).next().record.answers == person.record.answers


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("share", "much", "number"),
        ("age", "4.5", "whole_number"),
        ("scale", "3", "number_range"),
        ("scale", "12", "number_range"),
        ("day", "2021-02-29", "date"),
        ("hour", "25:00", "time"),
        ("line", "x" * 201, "too_long"),
    ],
)
def test_answer_that_does_not_fit_stays_as_typed_and_is_named(kinds: Form, name: str, typed: str, why: str) -> None:
    person = Scenario(kinds).answer(name, typed).next()
    assert (person.unfit, person.question(name).typed) == ({name: why}, (typed,))


def test_kinds_of_controls_are_those_of_the_types(kinds: Form) -> None:
    person = Scenario(kinds)
    assert {one.path.rpartition("/")[2]: one.control for one in person.page.questions} == {  # type: ignore[union-attr]
        "line": Control.TEXT,
        "story": Control.MULTILINE,
        "age": Control.INTEGER,
        "share": Control.DECIMAL,
        "scale": Control.RANGE,
        "day": Control.DATE,
        "month": Control.DATE,
        "year": Control.DATE,
        "hour": Control.TIME,
        "moment": Control.DATETIME,
        "read": Control.ACKNOWLEDGE,
    }
    assert person.question("scale").bounds == ("0", "10", "2")


def test_hidden_value_is_recorded_and_never_shown(kinds: Form) -> None:
    person = Scenario(kinds)
    assert ("wave" in person.sees, person.next().record.answers["/data/page/wave"]) == (False, "7")


def test_date_and_time_are_typed_in_two_fields(kinds: Form) -> None:
    person = Scenario(kinds).answer("moment", "2020-02-29", "07:30").next()
    assert person.visit.answers["/data/page/moment"].startswith("2020-02-29T07:30")


def test_default_that_does_not_fit_its_question_is_not_held_against_the_person() -> None:
    form = form_of(f"| survey |\n| | type | name | label | default |\n| | text | a | A | {'w' * 300} |")
    person = Scenario(form, longest_text=40)
    assert person.next().ending is not None
    person = Scenario(form, longest_text=40).answer("a", "w" * 301).next()
    assert (person.unfit, person.question("a").typed) == ({"a": "too_long"}, ("w" * 301,))
