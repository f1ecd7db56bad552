"""What becomes of each thing is said by a person: all of it, and nothing that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.destruction.dispositions import Dispositions, check_all_said, read_dispositions
from kuule.destruction.ending_record import Way
from kuule.destruction.ending_steps import FIRST_STEPS, STEPS, WORDS, EndingMachine, EndingStep


def test_each_option_says_one_thing() -> None:
    said = read_dispositions(
        destroy=["key=a", "key=b"], keep=["dataset=for ten years"], none=["projects"], witnessed=["sheets=two holders"]
    )
    assert said == Dispositions(
        paths={EndingStep.KEY: (Path("a"), Path("b"))},
        witnessed={EndingStep.SHEETS: "two holders"},
        kept={EndingStep.DATASET: "for ten years"},
        none=frozenset({EndingStep.PROJECTS}),
    )
    [stated] = said.statements_about(EndingStep.SHEETS)
    assert (stated.way, stated.by) == (Way.STATED, "two holders")
    with pytest.raises(KuuleError) as raised:
        check_all_said(said, STEPS[EndingMachine.ANALYST])
    silent = [problem.place for problem in raised.value.problems]
    assert silent == ["open-answers", "archives", "free-space"]


@pytest.mark.parametrize(
    "given",
    [
        {"destroy": ["keys=a"]},
        {"destroy": ["store=a"]},
        {"destroy": ["key="]},
        {"destroy": ["sheets=a"]},
        {"keep": ["key=we like it"]},
        {"keep": ["dataset"]},
        {"keep": ["dataset=ask anna@example.org"]},
        {"keep": ["dataset=" + "a" * 301]},
        {"witnessed": ["store=somebody"]},
        {"none": ["opened"]},
        {"destroy": ["key=a"], "none": ["key"]},
        {"destroy": ["dataset=a"], "keep": ["dataset=why"]},
        {"witnessed": ["key=two"], "none": ["key"]},
    ],
)
def test_what_cannot_be_said_is_refused(given: dict[str, list[str]]) -> None:
    with pytest.raises(KuuleError, match="END_010"):
        read_dispositions(**given)


def test_every_step_is_of_a_machine_and_has_words() -> None:
    of_two = {EndingStep.ARCHIVES, EndingStep.FREE_SPACE}
    steps = [step for machine in EndingMachine for step in STEPS[machine] if step not in of_two]
    assert sorted(steps) == sorted(set(EndingStep) - of_two)
    assert set(WORDS) == set(EndingStep)
    assert {STEPS[machine][0] for machine in EndingMachine} - {EndingStep.ACCOUNTS} == FIRST_STEPS
