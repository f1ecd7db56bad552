"""Why there is no kit, in words for people who cannot mend it."""

from __future__ import annotations

import re
from pathlib import Path

from kuule.core.problems import Problem
from kuule.workbench.kit_desk.kit_reasons import why_not
from kuule.workbench.member_words.saying import page_words

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "problems" / "KIT.md"


def problem(code: str) -> Problem:
    return Problem(code, "somewhere", "a cause", "a remedy")


def test_each_reason_is_said_once() -> None:
    assert why_not([problem("KIT_004"), problem("KIT_015"), problem("KIT_004")]) == (
        "not all of its texts are there and reviewed; no helpline of your country that everybody can call was checked"
        " by a person lately"
    )


def test_what_only_those_can_mend_who_run_the_study_is_one_sentence() -> None:
    found = why_not([problem("STUDY_101"), problem("KIT_003"), problem("KIT_041")])
    assert found.unescape() == (
        "something in the study's files has to be mended first; it took too long, or too many others were waiting"
    )


def test_reasons_are_of_problems_that_there_are() -> None:
    said = {name.removeprefix("workbench:why_").upper() for name in page_words().texts if "why_kit_" in name}
    assert said
    assert said <= set(re.findall(r"KIT_\d{3}", REFERENCE.read_text("utf-8")))
