"""A rating: a range whose ends have words, counted step by step."""

from __future__ import annotations

import pytest

from kuule.forms.compile.form import Form
from kuule.forms.model.controls import Control
from kuule.forms.navigation.page import Note
from kuule.forms.types.rating import rating_steps
from tests.forms.scenario import Scenario, form_of

FORM = """
    | survey |
    | | type | name | label | parameters | calculation | repeat_count |
    | | range | safe | How safe do you feel? | start=0 end=10 step=1 tick_labelset=safety | | |
    | | calculate | said | | | jr:choice-name(${safe}, '${safe}') | |
    | | note | end | You said: ${said}. | | | |
    | choices |
    | | list_name | name | label |
    | | safety | 0 | Not at all |
    | | safety | 10 | Completely |
    """


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(FORM)


@pytest.mark.parametrize(
    ("bounds", "steps"),
    [
        (("0", "3", "1"), ("0", "1", "2", "3")),
        (("1.0", "5.0", "2.0"), ("1", "3", "5")),
        (("-1", "1", "1"), ("-1", "0", "1")),
        (("3", "1", "1"), ("3", "2", "1")),
        (("0", "1000", "10"), tuple(map(str, range(0, 1001, 10)))),
        (("0", "101", "1"), ()),
        (("0", "2", "0.5"), ()),
        (("0", "0", "1"), ()),
        (("0", "3", "0"), ()),
        (("0", "much", "1"), ()),
        (("0", "Infinity", "1"), ()),
    ],
)
def test_steps_from_one_end_to_the_other(bounds: tuple[str, str, str], steps: tuple[str, ...]) -> None:
    assert rating_steps(bounds) == steps


def test_range_with_words_is_a_rating_whose_choices_are_all_its_steps(form: Form) -> None:
    (item,) = (item for item in form.items if item.name == "safe")
    assert item.control is Control.RATING
    labels = ["Not at all", *map(str, range(1, 10)), "Completely"]
    assert [(one.value, one.label) for one in item.choices] == list(zip(map(str, range(11)), labels, strict=True))


@pytest.mark.parametrize(("typed", "kept"), [("0", "0"), ("7", "7"), ("10", "10"), ("11", None), ("٧", None)])
def test_step_is_kept_and_what_is_no_step_never_gets_in(form: Form, typed: str, kept: str | None) -> None:
    person = Scenario(form).answer("safe", typed).next()
    assert person.visit.answers.get("/data/safe") == kept
    assert person.back().question("safe").typed == (() if kept is None else (kept,))


@pytest.mark.parametrize(("step", "said"), [("0", "Not at all"), ("7", "7")])
def test_a_text_says_a_step_in_its_words_or_as_its_number(form: Form, step: str, said: str) -> None:
    page = Scenario(form).answer("safe", step).next().page
    assert page is not None
    (note,) = page.parts
    assert isinstance(note, Note)
    assert note.label == f"You said: {said}."


@pytest.mark.parametrize("parameters", ["start=0 end=1000 step=1", "start=0 end=10 step=0.5"])
def test_rating_of_too_many_or_of_broken_steps_is_told_and_stays_a_range(parameters: str) -> None:
    form = form_of(FORM.replace("start=0 end=10 step=1", parameters))
    assert [(one.code, one.place) for one in form.check_problems] == [("FORM_049", "form.md, survey, row 2")]
    assert form.item("/data/safe").control is Control.RANGE  # type: ignore[union-attr]


def test_highest_step_says_how_many_instances_there_can_be() -> None:
    form = form_of("""
        | survey |
        | | type | name | label | parameters | repeat_count |
        | | range | many | How many? | start=0 end=6 step=1 tick_labelset=amount | |
        | | begin_repeat | one | One | | ${many} |
        | | text | what | What? | | |
        | | end_repeat | | | | |
        | choices |
        | | list_name | name | label |
        | | amount | 0 | None |
        """)
    assert form.body.max_instances == {"/data/one": 6}
