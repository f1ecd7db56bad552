"""What all types of question promise, whichever one it is."""

from __future__ import annotations

import pytest

from kuule.forms.types.acknowledge import ACKNOWLEDGE
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.rank import RANK
from kuule.forms.types.select_many import SELECT_MANY
from kuule.forms.types.select_one import SELECT_ONE
from kuule.forms.types.type_registry import QUESTION_TYPES


def name_of(one: QuestionType) -> str:
    return str(one.control)


@pytest.mark.parametrize("one", QUESTION_TYPES, ids=name_of)
def test_example_of_a_stored_value_is_one_and_is_there_where_not_every_text_is(one: QuestionType) -> None:
    takes_any_text = one.to_stored_form("?") == "?"
    assert bool(one.stored_example) is not takes_any_text
    assert one.to_stored_form(one.stored_example) == one.stored_example


@pytest.mark.parametrize("one", QUESTION_TYPES, ids=name_of)
def test_whole_numbers_within_the_bounds_of_a_type_are_stored_and_no_others(one: QuestionType) -> None:
    if one.whole_bounds is None:
        return
    lowest, highest = one.whole_bounds
    assert [one.to_stored_form(str(number)) for number in (lowest - 1, lowest, highest, highest + 1)] == [
        "",
        str(lowest),
        str(highest),
        "",
    ]


def test_possible_values_are_all_that_can_be_stored() -> None:
    found = {
        one: one.possible_values(("a", "b"), most_combined=2)
        for one in QUESTION_TYPES
        if one.possible_values(("a", "b"), most_combined=2) is not None
    }
    assert found == {ACKNOWLEDGE: ("", "OK"), SELECT_ONE: ("", "a", "b"), SELECT_MANY: ["", "a", "b", "a b"]}
    assert SELECT_MANY.possible_values(("a", "b", "c"), most_combined=2) is None
    assert RANK.possible_values(("a", "b"), most_combined=2) is None
