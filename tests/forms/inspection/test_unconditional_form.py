"""Every page of a form can be shown, whatever it waits for."""

from __future__ import annotations

import pytest

from kuule.forms.inspection.unconditional_form import first_instance_path, starting_answers, without_conditions
from kuule.forms.navigation.journey import Journey
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Visit
from tests.forms.scenario import TODAY, form_of

FORM = form_of(
    """
    | survey | | | | | | |
    | | type | name | label | relevant | calculation | appearance |
    | | select_one yn | moved | Have you moved? | | | |
    | | text | why | Why? | ${moved} = 'yes' | | |
    | | calculate | far | | | if(${moved} = 'yes', 'far', 'near') | |
    | | integer | km | How far? | ${far} = 'far' | | |
    | | begin_repeat | home | Home | | | |
    | | select_one yn | liked | Did you like it? | | | |
    | | text | best | What was best? | ${liked} = 'yes' | | |
    | | end_repeat | | | | | |
    | | begin_group | page | Friends | ${far} = 'far' and ${km} > 3 | | field-list |
    | | select_one yn | friends | Have you friends there? | | | |
    | | integer | many | How many? | ${friends} = 'yes' | | |
    | | end_group | | | | | |
    | choices | | | |
    | | list_name | name | label |
    | | yn | yes | Yes |
    | | yn | no | No |
    """
)


def asked(key: str) -> list[str]:
    """The questions of a page as a preview shows it."""
    begun = starting_answers(FORM, first_instance_path(FORM, key))
    visit = Visit(first_instance_path(FORM, key), 1, begun.answers, counts=begun.counts)
    page = Journey(without_conditions(FORM), {}).page(visit, TODAY)
    assert isinstance(page, Page)
    assert page.key == visit.page
    return [item.path.rpartition("/")[2] for item in page.questions]


@pytest.mark.parametrize(
    ("key", "questions"),
    [
        ("/data/moved", ["moved"]),
        ("/data/why", ["why"]),
        ("/data/km", ["km"]),
        ("/data/home/liked", ["liked"]),
        ("/data/home/best", ["best"]),
    ],
)
def test_page_that_waits_for_another_one_is_shown(key: str, questions: list[str]) -> None:
    assert asked(key) == questions


def test_question_inside_a_choice_of_its_page_waits_for_that_choice() -> None:
    assert asked("/data/page") == ["friends"]
    assert starting_answers(FORM, "/data/page/many").answers == {"/data/page/friends": "yes"}
    assert starting_answers(FORM, "/data/home[1]/best").answers == {"/data/home[1]/liked": "yes"}


SECTIONS = form_of(
    """
    | survey | | | | | |
    | | type | name | label | choice_filter | appearance |
    | | begin_group | home | Home | | |
    | | select_one land | land | Which country? | | |
    | | select_one town | town | Which town? | land = ${land} | |
    | | end_group | | | | |
    | | begin_group | work | Work | | field-list |
    | | text | job | What do you do? | | |
    | | select_one town | office | Where? | land = ${land} | |
    | | end_group | | | | |
    | choices | | | | |
    | | list_name | name | label | land |
    | | land | fi | Finland | |
    | | town | oulu | Oulu | fi |
    """
)


@pytest.mark.parametrize(
    ("key", "number", "choices"),
    [("/data/home/land", 1, [["fi"]]), ("/data/home/town", 1, [["oulu"]]), ("/data/work", 2, [[], ["oulu"]])],
)
def test_page_offers_every_choice_and_says_which_part_it_is(key: str, number: int, choices: list[list[str]]) -> None:
    page = Journey(without_conditions(SECTIONS), {}).page(Visit(key, 1), TODAY)
    assert isinstance(page, Page)
    assert (page.key, page.section_number, page.sections) == (key, number, 2)
    assert [[one.value for one in question.choices] for question in page.questions] == choices
