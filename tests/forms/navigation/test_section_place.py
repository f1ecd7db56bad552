"""Part 3 of 9: the number never goes down on the way forward, and the total never up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.forms.compile.form import Form
from tests.forms.scenario import Scenario, form_of
from tests.sampling import examples

OUR_VOICE = Path(__file__).parents[3] / "studies/our-voice/form.md"
FORM = """
    | survey |
    | | type | name | label | relevant | calculation |
    | | begin_group | start | Start | | |
    | | select_one path | path | Path? | | |
    | | end_group | | | | |
    | | begin_group | hard | Hard | | |
    | | select_one way | way | Way? | ${path} = 'long' | |
    | | text | what | What? | ${way} = 'go' or ${path} = 'short' | |
    | | end_group | | | | |
    | | begin_group | online | Online | ${path} = 'long' | |
    | | select_one way | way_online | Way? | | |
    | | text | where | Where? | ${way_online} = 'go' | |
    | | end_group | | | | |
    | | begin_group | work | Work | ${wants} = 'yes' | |
    | | text | place | Place? | | |
    | | end_group | | | | |
    | | calculate | wants | | | if(${what} = 'work', 'yes', 'no') |
    | | begin_group | words | Words | | |
    | | text | wish | Wish? | | |
    | | end_group | | | | |
    | choices |
    | | list_name | name | label |
    | | path | short | Short |
    | | path | long | Long |
    | | way | go | Go |
    | | way | skip | Skip |
    """


def walk(form: Form, *answers: str) -> list[tuple[str, int, int]]:
    """The place of each page, the answers given one after another."""
    person, given_answers, places = Scenario(form), list(answers), []
    while person.page is not None:
        places.append((person.page.section, person.page.section_number, person.page.sections))
        if given_answers and (answer := given_answers.pop(0)):
            person.answer(person.sees[0], answer)
        person.next()
    return places


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        (("long", "go", "work", "go"), [("Start", 1, 5), ("Hard", 2, 5), ("Hard", 2, 5), ("Online", 3, 5),
                                        ("Online", 3, 5), ("Work", 4, 5), ("Words", 5, 5)]),
        (("long", "go", "rest", "skip"), [("Start", 1, 5), ("Hard", 2, 5), ("Hard", 2, 5), ("Online", 3, 4),
                                          ("Words", 4, 4)]),
        (("short", "work"), [("Start", 1, 5), ("Hard", 2, 4), ("Work", 3, 4), ("Words", 4, 4)]),
        (("short", "rest"), [("Start", 1, 5), ("Hard", 2, 4), ("Words", 3, 3)]),
    ],
)  # fmt: skip
def test_sections_count_that_a_person_can_meet(answers: tuple[str, ...], places: list[tuple[str, int, int]]) -> None:
    assert walk(form_of(FORM), *answers) == places


def test_total_stays_for_who_turns_back_to_an_answered_page() -> None:
    person = Scenario(form_of(FORM))
    person.answer("path", "short").next().back()
    assert person.page is not None
    assert (person.page.section_number, person.page.sections) == (1, 4)


def test_page_outside_sections_has_no_number() -> None:
    person = Scenario(form_of("| survey |\n| | type | name | label |\n| | text | a | A? |\n"))
    assert person.page is not None
    assert (person.page.section_number, person.page.sections) == (0, 0)


def test_sections_of_our_voice() -> None:
    form = form_of(OUR_VOICE.read_text(encoding="utf-8"))
    person = Scenario(form)
    person.answer("consent", "yes").next().answer("adult", "yes").next()
    assert person.page is not None
    assert (person.page.section_number, person.page.sections) == (1, 11)
    person.answer("path", "short").next()
    assert (person.page.section_number, person.page.sections) == (2, 9)


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.integers(0, 9), min_size=30, max_size=30))
def test_number_never_goes_down_and_total_never_up(chosen: list[int]) -> None:
    form = form_of(FORM)
    person, before, turns = Scenario(form), (0, 99), list(chosen)
    while person.page is not None and turns:
        now = (person.page.section_number, person.page.sections)
        assert now[0] >= before[0]
        assert now[1] <= before[1]
        assert 0 < now[0] <= now[1]
        question = person.page.questions[0]
        offered = ["", *(choice.value for choice in question.choices)] if question.choices else ["", "work", "rest"]
        person.answer(person.sees[0], offered[turns.pop() % len(offered)])
        person.next()
        before = now
