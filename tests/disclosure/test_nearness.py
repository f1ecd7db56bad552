"""Which groups hold which: by what is declared, and the same people under one name however they are asked for."""

from __future__ import annotations

import pytest

from kuule.disclosure.nearness import Tree, counted_as, related, request_of
from kuule.disclosure.rules import Values
from kuule.tables.request import TableRequest, Within

LANDS = {
    "nordic": Values("land", frozenset({"DK", "FI", "NO", "SE"})),
    "else": Values("land", frozenset({"DK", "FI", "NO", "SE"}), rest=True),
}
GROUPS = {
    "region": LANDS,
    "half": {"north": Values("land", frozenset({"DK", "FI", "NO", "SE", "EE"}))},
    "our_land": {"ours": Values("land", frozenset({"FI"}))},
    "age_group": {"young": Values("age", frozenset({"18", "25"})), "old": Values("age", frozenset({"65"}))},
}
TREE = Tree(GROUPS)
NORDIC, NORTH, YOUNG = Within("region", "nordic"), Within("half", "north"), Within("age_group", "young")
FINLAND = Within("land", "FI")


def people(cut: str | None, code: str = "", within: Within | None = None) -> tuple[Within, ...]:
    return TREE.people_of(TableRequest("told", cut, within), code)


def test_people_of_a_group_are_the_same_as_a_column_and_as_an_edition():
    assert people("region", "nordic") == people(None, "", NORDIC) == (NORDIC,)
    assert people("age_group", "young", NORDIC) == people("region", "nordic", YOUNG) == (YOUNG, NORDIC)
    assert people("our_land", "ours") == people("land", "FI") == people("land", "FI", NORDIC) == (FINLAND,)
    assert people("region", "nordic", NORDIC) == people("half", "north", NORDIC) == (NORDIC,)
    assert people(None) == ()


@pytest.mark.parametrize(
    ("asked", "holders"),
    [
        ((), set()),
        ((NORTH,), {()}),
        ((NORDIC,), {(), (NORTH,)}),
        ((FINLAND,), {(), (NORDIC,), (NORTH,)}),
        ((Within("@language", "sv"),), {()}),
        (
            (YOUNG, NORDIC),
            {(), (YOUNG,), (NORDIC,), (NORTH,), (YOUNG, NORTH)},
        ),
    ],
)
def test_holders_are_everyone_and_all_that_is_declared(asked, holders):
    found = TREE.holders(asked)
    assert {frozenset(each) for each in found} == {frozenset(each) for each in holders}
    assert len(found) == len(holders)


def test_request_of_people_has_them_as_a_column():
    for asked in ((), (NORDIC,), (YOUNG, NORDIC)):
        request, code = request_of("told", asked)
        assert TREE.people_of(request, code) == asked


def test_groups_are_related_where_one_holds_the_other():
    nordic, north, young, both = (TREE.answers(each) for each in ((NORDIC,), (NORTH,), (YOUNG,), (YOUNG, NORDIC)))
    assert related(nordic, nordic)
    assert related(nordic, both)
    assert related(both, north)
    assert related((), young)
    assert not related(nordic, young)
    assert not related((*young, *north), nordic)


def counted(item: str, row: str | None, *groups: Within) -> str:
    return counted_as(item, TREE.answers(groups), row)


def test_a_number_and_that_of_the_table_turned_round_count_the_same():
    assert counted("told", "yes", FINLAND) == counted("land", "FI", Within("told", "yes"))
    assert counted("told", "yes", FINLAND) == counted("told", "yes", Within("our_land", "ours"))
    assert counted("land", "FI", NORDIC) == counted("land", "FI") == counted("land", "FI", NORTH)


def test_other_answers_questions_and_groups_count_something_else():
    said = [
        counted("told", None),
        counted("told", "yes"),
        counted("told", "no"),
        counted("who", None),
        counted("who", "yes"),
        counted("told", "yes", NORDIC),
        counted("told", "yes", NORTH),
        counted("told", "yes", Within("region", "else")),
        counted("told", None, NORDIC),
        counted("told", "yes", *TREE.people_of(TableRequest("told", "age_group", NORDIC), "young")),
        counted("land", "FI", YOUNG),
        counted("land", "EE", NORDIC),
    ]
    assert len(set(said)) == len(said)
