"""Which tables are held against themselves turned round, and that the door asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.release import release
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.disclosure.transposed import transposed_requests
from kuule.tables.request import Subpopulation, TableRequest
from tests.disclosure.tables import people, table, with_table

GROUPS = {
    "region": {
        "north": AnswerSet("land", frozenset({"FI", "SE"})),
        "else": AnswerSet("land", frozenset({"FI", "SE"}), True),
    },
    "age_group": {"young": AnswerSet("age", frozenset({"18"})), "old": AnswerSet("age", frozenset({"18"}), rest=True)},
}
YOUNG, NORTH, LINK = Subpopulation("age_group", "young"), Subpopulation("region", "north"), Subpopulation("@link", "k7")

CODES = ("a", "b")


def in_each(cut: str) -> tuple[TableRequest, ...]:
    """Ages by lands, of the people of each column."""
    return tuple(TableRequest("age", "land", Subpopulation(cut, code)) for code in CODES)


@pytest.mark.parametrize(
    ("request_", "others"),
    [
        (TableRequest("land"), ()),
        (TableRequest("land", "region"), ()),
        (TableRequest("land", "@link"), ()),
        (TableRequest("land", None, LINK), ()),
        (TableRequest("land", None, NORTH), ()),
        (TableRequest("told", "region"), ()),
        (TableRequest("told", "gender"), ()),
        (TableRequest("land", "told"), (TableRequest("told", "land"),)),
        (TableRequest("land", "told", LINK), (TableRequest("told", "land", LINK),)),
        (TableRequest("land", "age_group"), (TableRequest("age", "land"),)),
        (TableRequest("land", None, YOUNG), (TableRequest("age", "land"),)),
        (
            TableRequest("land", "told", YOUNG),
            (TableRequest("told", "land", YOUNG), TableRequest("age", "land"), *in_each("told")),
        ),
        (TableRequest("land", "@link", YOUNG), (TableRequest("age", "land"), *in_each("@link"))),
        (TableRequest("land", "region", YOUNG), (TableRequest("age", "land"),)),
        (TableRequest("land", "age", YOUNG), (TableRequest("age", "land", YOUNG), TableRequest("age", "land"))),
        (TableRequest("gender", "hurt"), (TableRequest("hurt", "gender"),)),
        (
            TableRequest("gender", "@link", Subpopulation("hurt", "yes")),
            (
                TableRequest("hurt", "gender"),
                TableRequest("hurt", "gender", Subpopulation("@link", "a")),
                TableRequest("hurt", "gender", Subpopulation("@link", "b")),
            ),
        ),
    ],
    ids=str,
)
def test_rows_that_are_groups_and_what_a_sensitive_question_cuts_are_turned(request_, others):
    assert transposed_requests(request_, CODES, GROUPS, {"hurt"}) == others


def test_what_is_told_of_one_column_is_asked_for_where_that_column_is_shown():
    everyone = people({(("land", "FI"), ("told", "yes")): 90, (("land", "FR"), ("told", "no")): 90})
    exact = table(everyone, "land", ("FI", "FR"), "told", CODES)
    whole, *each = (with_table(exact, request=one) for one in (TableRequest("age", "land"), *in_each("told")))
    assert list(replace(exact, transposed=(whole, *each)).shown_transposes({"b"})) == [whole, each[1]]


def test_a_table_whose_rows_nobody_counted_as_columns_does_not_leave():
    everyone = people({(("land", "FI"), ("told", "yes")): 90, (("land", "FR"), ("told", "no")): 90})
    exact = table(everyone, "land", ("FI", "FR"), "told", ("yes", "no"))
    assert release([exact], DisclosureRules())[0].columns[0].base is not None
    with pytest.raises(ValueError, match="land by told: its rows were not counted as columns"):
        release([exact], DisclosureRules(groups=GROUPS))
