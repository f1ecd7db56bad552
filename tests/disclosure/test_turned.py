"""Which tables are held against themselves turned round, and that the door asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.door import release
from kuule.disclosure.rules import Rules, Values
from kuule.disclosure.turned import turned, turned_of
from kuule.tables.request import TableRequest, Within
from tests.disclosure.tables import people, table

GROUPS = {
    "region": {"north": Values("land", frozenset({"FI", "SE"})), "else": Values("land", frozenset({"FI", "SE"}), True)},
    "age_group": {"young": Values("age", frozenset({"18"})), "old": Values("age", frozenset({"18"}), rest=True)},
}
YOUNG, NORTH, LINK = Within("age_group", "young"), Within("region", "north"), Within("@link", "k7")

CODES = ("a", "b")


def in_each(cut: str) -> tuple[TableRequest, ...]:
    """Ages by lands, of the people of each column."""
    return tuple(TableRequest("age", "land", Within(cut, code)) for code in CODES)


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
            TableRequest("gender", "@link", Within("hurt", "yes")),
            (
                TableRequest("hurt", "gender"),
                TableRequest("hurt", "gender", Within("@link", "a")),
                TableRequest("hurt", "gender", Within("@link", "b")),
            ),
        ),
    ],
    ids=str,
)
def test_rows_that_are_groups_and_what_a_sensitive_question_cuts_are_turned(request_, others):
    assert turned(request_, CODES, GROUPS, {"hurt"}) == others


def test_what_is_told_of_one_column_is_asked_for_where_that_column_is_shown():
    everyone = people({(("land", "FI"), ("told", "yes")): 90, (("land", "FR"), ("told", "no")): 90})
    exact = table(everyone, "land", ("FI", "FR"), "told", CODES)
    whole, *each = (replace(exact, request=one) for one in (TableRequest("age", "land"), *in_each("told")))
    assert list(turned_of(replace(exact, turned=(whole, *each)), {"b"})) == [whole, each[1]]


def test_a_table_whose_rows_nobody_counted_as_columns_does_not_leave():
    everyone = people({(("land", "FI"), ("told", "yes")): 90, (("land", "FR"), ("told", "no")): 90})
    exact = table(everyone, "land", ("FI", "FR"), "told", ("yes", "no"))
    assert release([exact], Rules())[0].columns[0].base is not None
    with pytest.raises(ValueError, match="land by told: its rows were not counted as columns"):
        release([exact], Rules(groups=GROUPS))
