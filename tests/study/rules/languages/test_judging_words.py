"""Words of verdicts and orders in a study's texts, in its source language and in translations."""

from __future__ import annotations

import pytest

from kuule.core.problems import Severity
from kuule.languages.workflow.states import State
from tests.study.reading import check_study
from tests.study.small_study import FORM, make_study


def found(folder, **study):
    problems = check_study(make_study(folder, **study))
    return [
        (problem.place.rpartition(", ")[2], problem.cause.split("'")[1], problem.severity)
        for problem in problems
        if problem.code == "STUDY_353"
    ]


def test_kind_study_has_none(tmp_path):
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("What must change?", [("label", "must", Severity.WARNING)]),
        ("What went wrong? Was the number invalid?", [
            ("label", "invalid", Severity.WARNING), ("label", "wrong*", Severity.WARNING),
        ]),
        ("What was wrong with the help?", []),
    ],
)  # fmt: skip
def test_question_may_be_about_such_a_word_and_is_warned_of(tmp_path, label, said):
    form = FORM.replace("What should change?", label)
    assert found(tmp_path, form=form, languages={}) == said


def with_message(text):
    """The form with a bound on the years, and what is said beyond it."""
    wide = FORM.replace("| required | appearance |", "| required | appearance | constraint | constraint_message |", 1)
    wide = wide.replace("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|---|", 1)
    years = "For how many years have you lived there? | | | | |"
    return wide.replace(years, f"{years} . < 100 | {text} |")


def test_message_may_hold_none_in_any_language(tmp_path):
    key = "form:/data/about/page_years/years:constraint_message"
    kind, harsh = with_message("Please write a number under 100."), with_message("The number is invalid.")
    languages = {"sv": State.DRAFT_ONE, "ar": State.DRAFT_ONE}
    assert found(tmp_path / "kind", form=kind, languages=languages) == []
    texts = {"sv": {key: "Talet måste vara mindre."}}
    assert found(tmp_path / "harsh", form=harsh, languages=languages, texts=texts) == [
        ("constraint_message", "invalid", Severity.ERROR),
        (key, "måste", Severity.ERROR),
    ]
