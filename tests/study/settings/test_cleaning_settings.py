"""[cleaning] of study.toml: read, refused in words, held against the form, and kept in the edition."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.study_toml import settings_from_table, table_from_settings
from tests.study.reading import check_study
from tests.study.small_study import FORM, SETTINGS, make_study

WHOLE = """
[cleaning]
empty = true
flags = ["hidden_field_filled", "faster_than_reading"]
doubles_from = 20
[cleaning.straight_lines.grades]
questions = ["a", "b", "c"]
[cleaning.contradictions.apart]
told = ["no"]
helped = ["yes", "partly"]
"""


def settings(text: str):
    return settings_from_table(tomllib.loads(SETTINGS + text))


def test_rules_are_read_in_their_order_and_written_back() -> None:
    study = settings(WHOLE)
    assert study.cleaning.rules == (
        "empty",
        "hidden_field_filled",
        "faster_than_reading",
        "doubles",
        "straight_line:grades",
        "contradiction:apart",
    )
    assert settings_from_table(table_from_settings(study)).cleaning == study.cleaning


def test_without_the_table_there_is_no_rule() -> None:
    assert settings("").cleaning.rules == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[cleaning]\nflags = ["slow"]', "name some of hidden_field_filled, faster_than_reading"),
        ("[cleaning]\ndoubles_from = 5", "write 10 or more"),
        ('[cleaning.straight_lines.x]\nquestions = ["a", "b"]', "name 3 questions or more"),
        (
            '[cleaning.contradictions.x]\ntold = ["no"]',
            "study.toml, cleaning.contradictions.x: one answer alone contradicts nothing",
        ),
        ("[cleaning]\nempties = true", "did you mean empty"),
    ],
)
def test_rule_that_cannot_be_one_is_refused(table: str, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        settings(f"\n{table}\n")


REPEAT = """| | begin_repeat | helper | Helper | | | | |
| | select_one yes_no | helped | Did it help? | | | | |
| | end_repeat | | | | | | |
| | begin_group | again | Again | | | | |
| | select_one yes_no | adult | Are you? | | | | |
| | end_group | | | | | | |
"""


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        ("helped", "'helped' is in a repeat and has many answers"),
        ("adult", "'adult' stands in the form 2 times"),
    ],
)
def test_rule_on_a_question_with_several_columns_is_said(tmp_path: Path, question: str, cause: str) -> None:
    end = "| | begin_group | end |"
    assert end in FORM
    table = f'[cleaning.contradictions.x]\nconsent = ["yes"]\n{question} = ["no"]\n'
    study = make_study(tmp_path, form=FORM.replace(end, REPEAT + end), settings=f"{SETTINGS}\n{table}")
    assert cause in [problem.cause for problem in check_study(study) if problem.code == "STUDY_354"]


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        (
            '[cleaning.contradictions.x]\nage_band = ["18_to_34"]\nnothing = ["yes"]',
            "there is no question 'nothing' with choices",
        ),
        (
            '[cleaning.contradictions.x]\nage_band = ["18_to_34", "17"]\nconsent = ["yes"]',
            "'age_band' has no answer '17'",
        ),
        (
            '[cleaning.straight_lines.x]\nquestions = ["consent", "age_band", "adult"]',
            "its questions do not all have one answer of one list",
        ),
    ],
)
def test_rule_on_what_the_form_does_not_have_is_said(tmp_path: Path, table: str, cause: str) -> None:
    problems = check_study(make_study(tmp_path, settings=f"{SETTINGS}\n{table}\n"))
    assert cause in [problem.cause for problem in problems if problem.code == "STUDY_354"]
