"""Which banner a report has in a language."""

from __future__ import annotations

import pytest

from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.template.translated_template import draft_banner

DONE = (State.REVIEWED, TextOrigin.MACHINE)


@pytest.mark.parametrize(
    ("makers", "banner"),
    [
        ([DONE], ""),
        ([DONE, (State.DRAFT_TWO, TextOrigin.PERSON)], "draft_person"),
        ([(State.DRAFT_TWO, TextOrigin.PERSON), (State.DRAFT_ONE, TextOrigin.MACHINE)], "draft_machine"),
    ],
)
def test_machine_is_the_graver(makers: list[tuple[State, TextOrigin]], banner: str) -> None:
    assert draft_banner(makers, State.REVIEWED) == banner


def test_study_that_demands_less_has_no_draft() -> None:
    assert draft_banner([(State.DRAFT_ONE, TextOrigin.MACHINE)], State.DRAFT_ONE) == ""
