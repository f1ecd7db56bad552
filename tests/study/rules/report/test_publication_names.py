"""STUDY_372: what is shown by country and by language are questions, and the countries are countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.rules.report.publication_names import CODE
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study


def said(folder: Path, own: str, settings: str = SETTINGS) -> list[str]:
    study = make_study(folder, settings=f"{settings}\n[publication]\n{own}\n")
    return [str(problem) for problem in check_study(study) if problem.code == CODE]


@pytest.mark.parametrize(
    "own",
    ["", 'by_language = ["place"]', 'country = "residence"\nby_country = ["place", "years"]'],
    ids=["nothing", "by language", "by country"],
)
def test_questions_that_there_are_can_be_shown_by_country_and_language(tmp_path: Path, own: str) -> None:
    assert said(tmp_path, own) == []


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (
            'country = "residense"',
            "publication.country: there is no question 'residense'; did you mean 'residence'?",
        ),
        (
            'country = "place"',
            "publication.country: 'place' is of the type select_multiple, and does not fit here; name a question with "
            "one choice, or for the tables also with several",
        ),
        (
            'country = "age_band"',
            "publication.country: the answers to 'age_band' are no countries: 'age_band' is not in "
            "answers.territories; write 'age_band' into answers.territories, or name another question",
        ),
        (
            'by_language = ["wish"]',
            "publication.by_language: 'wish' is of the type text, and does not fit here; name a question with one "
            "choice, or for the tables also with several",
        ),
    ],
)
def test_question_that_no_page_can_be_made_of_is_refused(tmp_path: Path, own: str, problem: str) -> None:
    assert said(tmp_path, own) == [f"{CODE} study.toml, {problem}"]
