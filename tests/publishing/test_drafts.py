"""Which banner a report has in a language."""

from __future__ import annotations

import pytest

from kuule.languages.states import Origin, State
from kuule.publishing.drafts import draft_of

DONE = (State.REVIEWED, Origin.MACHINE)


@pytest.mark.parametrize(
    ("makers", "banner"),
    [
        ([DONE], ""),
        ([DONE, (State.DRAFT_TWO, Origin.PERSON)], "draft_person"),
        ([(State.DRAFT_TWO, Origin.PERSON), (State.DRAFT_ONE, Origin.MACHINE)], "draft_machine"),
    ],
)
def test_machine_is_the_graver(makers: list[tuple[State, Origin]], banner: str) -> None:
    assert draft_of(makers, State.REVIEWED) == banner


def test_study_that_demands_less_has_no_draft() -> None:
    assert draft_of([(State.DRAFT_ONE, Origin.MACHINE)], State.DRAFT_ONE) == ""
