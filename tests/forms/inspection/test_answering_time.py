"""How long a form takes is measured from its texts, by the way that a person chooses."""

from __future__ import annotations

import pytest

from kuule.forms.inspection.answering_time import minutes_by_choice, rounded_minutes
from tests.forms.scenario import form_of

WORDS = "word " * 395
PATHS = f"""
| survey |
| | type | name | label | relevant | appearance |
| | select_one yes_no | consent | Take part? | | |
| | select_one path | path | Short or long? | ${{consent}} = 'yes' | |
| | note | all | {WORDS} | | |
| | begin_group | more | | ${{path}} = 'long' | |
| | select_one yes_no | told | Told anyone? | | |
| | select_one yes_no | open | May we go on? | ${{told}} = 'yes' | |
| | note | deep | {WORDS * 4} | ${{open}} = 'no' | |
| | end_group | | | | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | path | short | Short |
| | path | long | Long |
"""


def test_each_way_has_its_minutes_and_the_answers_that_ask_the_most() -> None:
    """395 words are 2 minutes, beside 90 seconds around the form, and 10 for a question on a page of its own."""
    form = form_of(PATHS)
    assert minutes_by_choice(form, ways=["path"], given={"consent": "yes"}) == (5, 15)


def test_without_the_answer_that_lets_one_on_nothing_more_is_asked() -> None:
    assert minutes_by_choice(form_of(PATHS), ways=["path"], given={"consent": "no"}) == (5,)


def test_form_of_one_way_has_one_figure() -> None:
    assert minutes_by_choice(form_of(PATHS), ways=[], given={"consent": "yes"}) == (15,)


def test_choice_of_several_is_tried_as_all_of_them() -> None:
    table = f"""
    | survey |
    | | type | name | label | relevant |
    | | select_multiple kinds | kinds | Which? | |
    | | note | one | {WORDS * 2} | selected(${{kinds}}, 'a') |
    | | note | two | {WORDS * 2} | selected(${{kinds}}, 'b') |
    | choices |
    | | list_name | name | label |
    | | kinds | a | This |
    | | kinds | b | That |
    """
    assert minutes_by_choice(form_of(table), ways=[], given={}) == (10,)


@pytest.mark.parametrize(("appearance", "minutes"), [("", 10), ("minimal", 5)])
def test_choices_of_a_list_are_looked_up_and_not_read(appearance: str, minutes: int) -> None:
    choices = "".join(f"    | | place | p{number} | {'word ' * 100} |\n" for number in range(8))
    table = f"""
    | survey |
    | | type | name | label | appearance |
    | | select_one place | place | Where? | {appearance} |
    | choices |
    | | list_name | name | label |
"""
    assert minutes_by_choice(form_of(table + choices), ways=[], given={}) == (minutes,)


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 5), (300, 5), (301, 10), (1499, 25)])
def test_minutes_are_rounded_up(seconds: float, minutes: int) -> None:
    assert rounded_minutes(seconds) == minutes
