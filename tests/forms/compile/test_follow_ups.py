"""Which questions stand inside a choice of their page: asked if and only if that choice is chosen."""

from __future__ import annotations

import pytest

from kuule.forms.navigation.visit import Move
from tests.forms.scenario import Scenario, form_of

FORM = """
    | survey |
    | | type | name | label | relevant | appearance |
    | | begin_group | page | A page | | field-list |
    | | select_one yes_no | told | Did you tell anyone? | | |
    | | select_multiple place | places | Where was it? | | |
    | | text | asked | Asked | {condition} | |
    | | end_group | | | | |
    | | text | elsewhere | Elsewhere | ${{told}} = 'yes' | |
    | choices |
    | | list_name | name | label |
    | | yes_no | yes | Yes |
    | | yes_no | no | No |
    | | place | home | At home |
    | | place | online | Online |
    """


def person_of(condition: str) -> Scenario:
    return Scenario(form_of(FORM.format(condition=condition)))


def waiting(person: Scenario) -> list[tuple[str, tuple[str, str] | None]]:
    assert person.page is not None
    return [(question.path, question.nested_in) for question in person.page.waiting]


@pytest.mark.parametrize(
    ("condition", "inside"),
    [
        ("${told} = 'yes'", ("/data/page/told", "yes")),
        ("'no' = ${told}", ("/data/page/told", "no")),
        ("selected(${told}, 'yes')", ("/data/page/told", "yes")),
        ('selected( ${places} , "online" )', ("/data/page/places", "online")),
    ],
)
def test_condition_on_one_choice_waits_inside_it(condition: str, inside: tuple[str, str]) -> None:
    assert waiting(person_of(condition)) == [("/data/page/asked", inside)]


@pytest.mark.parametrize(
    "condition",
    [
        "${told} != 'yes'",
        "${told} = 'yes' and ${places} != ''",
        "not(${told} = 'yes')",
        "selected(${told}, 'never_offered')",
        "${places} = 'online'",
        "${told} = ${places}",
        "count-selected(${places}) = '1'",
    ],
)
def test_any_other_condition_waits_for_the_page_that_follows(condition: str) -> None:
    assert waiting(person_of(condition)) == []


def test_follow_up_keeps_its_place_once_it_is_asked() -> None:
    person = person_of("selected(${places}, 'online')").answer("places", "online").next()
    assert person.fresh == ["asked"]
    assert person.question("asked").nested_in == ("/data/page/places", "online")
    assert waiting(person) == []


def test_follow_up_on_another_page_stands_inside_nothing() -> None:
    person = person_of("${told} = 'no'").answer("told", "yes").next()
    assert person.question("elsewhere").nested_in is None


def test_follow_up_posted_with_its_choice_enters_and_without_it_does_not() -> None:
    fields = {"/data/page/asked": ["Words"], "/data/page/places": ["online"]}
    person = person_of("selected(${places}, 'online')")
    assert person.post(Move.NEXT, "/data/page", fields).visit.answers["/data/page/asked"] == "Words"
    other = person_of("selected(${places}, 'online')")
    other.post(Move.NEXT, "/data/page", fields | {"/data/page/places": ["home"]})
    assert other.visit.answers.get("/data/page/asked", "") == ""


def test_answer_of_a_follow_up_waits_with_it_while_its_choice_is_not_chosen() -> None:
    person = person_of("${told} = 'yes'").answer("told", "yes").next().answer("asked", "Words").next()
    person.back().answer("told", "no").go(Move.STAY)
    assert person.page is not None
    assert [question.typed for question in person.page.waiting] == [("Words",)]


def test_follow_up_in_a_repeat_stands_inside_the_choice_of_its_own_instance() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | relevant | appearance |
        | | begin_group | page | A page | | field-list |
        | | begin_repeat | person | Someone | | |
        | | select_one yes_no | near | Do they live near you? | | |
        | | text | where | Where? | ${near} = 'yes' | |
        | | end_repeat | | | | |
        | | end_group | | | | |
        | choices |
        | | list_name | name | label |
        | | yes_no | yes | Yes |
        | | yes_no | no | No |
        """
    )
    person = Scenario(form).go(Move.ADD, "/data/page/person")
    assert waiting(person) == [
        (f"/data/page/person[{place}]/where", (f"/data/page/person[{place}]/near", "yes")) for place in (1, 2)
    ]
