"""Choosing: one, many, in order, from files, from filtered lists, and something else than what is offered."""

from __future__ import annotations

import pytest

from kuule.forms.navigation.visit import Move
from tests.forms.scenario import Scenario, converted, form_of

COLOURS = """
    | choices |
    | | list_name | name | label |
    | | colour | red | Red |
    | | colour | blue | Blue |
    | | colour | green | Green |
    """
END = "\n| | note | end | Thank you |"
TOWNS = "name,label,region,people\nturku,Turku,south,200\noulu,Oulu,north,210\nrovaniemi,Rovaniemi,north,65\n"


def _values(person: Scenario, name: str) -> list[str]:
    return [choice.value for choice in person.question(name).choices]


def test_several_are_kept_in_the_order_of_the_list() -> None:
    form = form_of("| survey |\n| | type | name | label |\n| | select_multiple colour | likes | Which? |" + COLOURS)
    person = Scenario(form).answer("likes", "green", "red").next()
    assert person.record.answers == {"/data/likes": "red green"}


def test_other_asks_what_and_only_then() -> None:
    form = form_of(
        "| survey |\n| | type | name | label |\n| | select_one colour or_other | best | Best? |" + END + COLOURS
    )
    person = Scenario(form)
    assert _values(person, "best") == ["red", "blue", "green", "other"]
    assert person.answer("best", "other").next().sees == ["best_other"]
    assert person.answer("best_other", "violet").next().record.answers == {
        "/data/best": "other",
        "/data/best_other": "violet",
    }
    assert person.back().back().answer("best", "red").next().record.answers == {"/data/best": "red"}


def test_ranking_may_leave_places_empty_from_the_end_on_and_a_gap_is_kept_as_typed() -> None:
    form = form_of("| survey |\n| | type | name | label |\n| | rank colour | order | In which order? |" + COLOURS)
    assert Scenario(form).answer("order", "blue", "red", "").next().record.answers == {"/data/order": "blue red"}
    person = Scenario(form).answer("order", "", "red", "").next()
    assert (person.unfit, person.question("order").typed) == ({"order": "rank"}, ("", "red", ""))
    person.answer("order", "blue", "red", "green").next()
    assert person.record.answers == {"/data/order": "blue red green"}


def test_ranking_keeps_its_order_when_a_choice_is_offered_no_more() -> None:
    table = """
        | survey |
        | | type | name | label | choice_filter |
        | | select_multiple colour | some | Which? | |
        | | rank colour | order | In which order? | selected(${some}, name) |
        """
    person = Scenario(form_of(table + COLOURS)).answer("some", "red", "blue", "green").next()
    person.answer("order", "green", "red", "blue").back().answer("some", "green", "blue").next()
    assert person.question("order").typed == ("green", "blue")


def test_choices_come_from_a_file_and_follow_an_answer() -> None:
    table = """
        | survey |
        | | type | name | label | choice_filter |
        | | select_one region | where | Which part? | |
        | | select_one_from_file towns.csv | town | Which town? | region = ${where} |
        | | note | end | Thank you | |
        | choices |
        | | list_name | name | label |
        | | region | north | North |
        | | region | south | South |
        """
    person = Scenario(form_of(table, {"towns.csv": TOWNS})).answer("where", "north").next()
    assert [(one.value, one.label) for one in person.question("town").choices] == [
        ("oulu", "Oulu"),
        ("rovaniemi", "Rovaniemi"),
    ]
    person.answer("town", "oulu").next()
    assert person.record.answers == {"/data/where": "north", "/data/town": "oulu"}
    assert person.back().back().answer("where", "south").next().record.answers == {"/data/where": "south"}


def test_file_may_name_its_columns_otherwise_and_several_can_be_chosen() -> None:
    table = """
        | survey |
        | | type | name | label | parameters |
        | | select_multiple_from_file towns.csv | towns | Which towns? | value=code label=title |
        """
    form = form_of(table, {"towns.csv": "\ufeffcode,title\na,Town A\nb,Town B\n"})
    person = Scenario(form, texts={"choice:towns/b:label": "Stad B"})
    assert [one.label for one in person.question("towns").choices] == ["Town A", "Stad B"]
    assert person.answer("towns", "b", "a").next().record.answers == {"/data/towns": "a b"}


def test_table_in_a_file_is_looked_up() -> None:
    table = """
        | survey |
        | | type | name | label | calculation |
        | | text | town | Which town? | |
        | | calculate | people | | pulldata('towns', 'people', 'name', ${town}) |
        """
    person = Scenario(form_of(table, {"towns.csv": TOWNS})).answer("town", "oulu").next()
    assert person.record.answers == {"/data/town": "oulu", "/data/people": "210"}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "FORM_040"),
        ({"towns.csv": 'name,label\n"a,A\n'}, "FORM_041"),
        ({"towns.csv": "name,label\na\n"}, "FORM_041"),
        ({"towns.csv": "name;label\na;A\n"}, "FORM_041"),
        ({"towns.csv": "name,the label\na,b\n"}, "FORM_041"),
        ({"towns.csv": "name,label\na,\x01\n"}, "FORM_041"),
    ],
)
def test_file_that_cannot_be_used_is_a_problem(files: dict[str, str], code: str) -> None:
    table = "| survey |\n| | type | name | label |\n| | select_one_from_file towns.csv | town | Which? |"
    assert [problem.code for problem in converted(table, files).problems] == [code]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("towns.csv", "name,label\n" + "a,A\n" * 20_001, "it has more than 20000 rows"),
        (
            "towns.csv",
            ",".join(f"c{n}" for n in range(1000)) + ("\n" + "," * 999) * 500,
            "it has more than 400000 cells",
        ),
        ("towns.xml", f"<root>{'<a/>' * 400_001}</root>", "it has more than 400000 elements"),
    ],
    ids=["rows", "cells", "elements"],
)
def test_file_with_more_than_any_table_is_refused_before_it_is_built(name: str, content: str, cause: str) -> None:
    table = f"| survey |\n| | type | name | label |\n| | select_one_from_file {name} | town | Which? |"
    assert [problem.cause for problem in converted(table, {name: content}).problems] == [cause]


def test_last_saved_answers_do_not_exist_and_that_is_said() -> None:
    table = "| survey |\n| | type | name | label | default |\n| | text | town | Which? | ${last-saved#town} |"
    assert [problem.code for problem in converted(table).problems] == ["FORM_042"]


def test_choices_are_shuffled_alike_within_one_visit_and_differently_between_visits() -> None:
    rows = "".join(f"| | many | v{number} | {number} |\n" for number in range(12))
    form = form_of(
        "| survey |\n| | type | name | label | parameters |\n| | select_one many | one | Which? | randomize=true |\n"
        "| | note | end | Thank you | |\n"
        f"| choices |\n| | list_name | name | label |\n{rows}"
    )
    orders = []
    for seed in (1, 1, 2):
        person = Scenario(form, seed=seed)
        first = _values(person, "one")
        assert _values(person.next().back(), "one") == first
        orders.append(first)
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2]) == sorted(f"v{number}" for number in range(12))


def test_seed_of_a_form_gives_everyone_the_same_order() -> None:
    table = "| survey |\n| | type | name | label | parameters |\n"
    form = form_of(table + "| | select_one colour | one | Which? | randomize=true seed=42 |" + COLOURS)
    assert _values(Scenario(form, seed=1), "one") == _values(Scenario(form, seed=2), "one")


def test_choices_can_be_answers_given_before() -> None:
    table = """
        | survey |
        | | type | name | label |
        | | begin_repeat | person | Person |
        | | text | name | Name? |
        | | end_repeat | | |
        | | select_one ${name} | oldest | Who is oldest? |
        """
    person = Scenario(form_of(table)).go(Move.ADD, "/data/person").answer("name", "A*").next()
    person.go(Move.ADD, "/data/person").answer("name", "B").next().next()
    assert [(one.value, one.label) for one in person.question("oldest").choices] == [("A*", r"A\*"), ("B", "B")]


def test_choice_that_waits_for_an_answer_of_its_own_page_is_asked_as_soon_as_there_is_one() -> None:
    table = """
        | survey |
        | | type | name | label | choice_filter | appearance |
        | | begin_group | g | Places | | field-list |
        | | select_one region | where | Which part? | | |
        | | select_one_from_file towns.csv | town | Which town? | region = ${where} | |
        | | end_group | | | | |
        | | note | end | Thank you | | |
        | choices |
        | | list_name | name | label |
        | | region | north | North |
        | | region | south | South |
        """
    person = Scenario(form_of(table, {"towns.csv": TOWNS}))
    assert person.sees == ["where"]
    assert person.answer("where", "north").next().sees == ["where", "town"]
    assert (person.fresh, _values(person, "town")) == (["town"], ["oulu", "rovaniemi"])
    person.answer("town", "oulu").answer("where", "south").next()
    assert (person.fresh, _values(person, "town"), person.question("town").typed) == (["town"], ["turku"], ())
    assert person.next().reads == ["Thank you"]
    assert person.record.answers == {"/data/g/where": "south"}
