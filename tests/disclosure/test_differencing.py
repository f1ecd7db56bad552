"""Which groups hold which: by what is declared, and the same people under one name however they are asked for."""

from __future__ import annotations

import pytest

from kuule.disclosure.differencing import GroupHierarchy, are_nested, count_label, request_for_people
from kuule.disclosure.thresholds import AnswerSet
from kuule.tables.request import Subpopulation, TableRequest

LANDS = {
    "nordic": AnswerSet("land", frozenset({"DK", "FI", "NO", "SE"})),
    "else": AnswerSet("land", frozenset({"DK", "FI", "NO", "SE"}), rest=True),
}
GROUPS = {
    "region": LANDS,
    "half": {"north": AnswerSet("land", frozenset({"DK", "FI", "NO", "SE", "EE"}))},
    "our_land": {"ours": AnswerSet("land", frozenset({"FI"}))},
    "age_group": {"young": AnswerSet("age", frozenset({"18", "25"})), "old": AnswerSet("age", frozenset({"65"}))},
}
TREE = GroupHierarchy(GROUPS)
NORDIC, NORTH, YOUNG = (
    Subpopulation("region", "nordic"),
    Subpopulation("half", "north"),
    Subpopulation("age_group", "young"),
)
FINLAND = Subpopulation("land", "FI")


def people(cut: str | None, code: str = "", within: Subpopulation | None = None) -> tuple[Subpopulation, ...]:
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
        ((Subpopulation("@language", "sv"),), {()}),
        (
            (YOUNG, NORDIC),
            {(), (YOUNG,), (NORDIC,), (NORTH,), (YOUNG, NORTH)},
        ),
    ],
)
def test_holders_are_everyone_and_all_that_is_declared(asked, holders):
    found = TREE.supersets(asked)
    assert {frozenset(each) for each in found} == {frozenset(each) for each in holders}
    assert len(found) == len(holders)


def test_request_of_people_has_them_as_a_column():
    for asked in ((), (NORDIC,), (YOUNG, NORDIC)):
        request, code = request_for_people("told", asked)
        assert TREE.people_of(request, code) == asked


def test_groups_are_related_where_one_holds_the_other():
    nordic, north, young, both = (TREE.answer_sets(each) for each in ((NORDIC,), (NORTH,), (YOUNG,), (YOUNG, NORDIC)))
    assert are_nested(nordic, nordic)
    assert are_nested(nordic, both)
    assert are_nested(both, north)
    assert are_nested((), young)
    assert not are_nested(nordic, young)
    assert not are_nested((*young, *north), nordic)


def counted(item: str, row: str | None, *groups: Subpopulation) -> str:
    return count_label(item, TREE.answer_sets(groups), row)


def test_a_number_and_that_of_the_table_turned_round_count_the_same():
    assert counted("told", "yes", FINLAND) == counted("land", "FI", Subpopulation("told", "yes"))
    assert counted("told", "yes", FINLAND) == counted("told", "yes", Subpopulation("our_land", "ours"))
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
        counted("told", "yes", Subpopulation("region", "else")),
        counted("told", None, NORDIC),
        counted("told", "yes", *TREE.people_of(TableRequest("told", "age_group", NORDIC), "young")),
        counted("land", "FI", YOUNG),
        counted("land", "EE", NORDIC),
    ]
    assert len(set(said)) == len(said)
