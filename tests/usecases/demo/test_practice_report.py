"""What is said of new answers: whose they are is told from how many people who do not exist have sent."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from kuule.core.problems import Problem
from kuule.rehearsal.crowd import Crowd
from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.demo.practice_report import PracticeReport, new_answers_in_words
from kuule.usecases.progress import SILENT


@pytest.mark.parametrize(
    ("of_crowd", "others", "said"),
    [
        (279, 0, "279 new answers, none of them yours"),
        (1, 0, "1 new answer, none of them yours"),
        (0, 0, "no new answers"),
        (0, 1, "1 new answer: yours"),
        (0, 2, "2 new answers, yours among them"),
        (1_400, 1, "1,401 new answers, yours among them"),
        (12, 2, "14 new answers, 2 of yours among them"),
        (-1, 0, "no new answers"),
        (-1, 1, "1 new answer: yours"),
        (0, -1, "no new answers, 1 of yours taken back"),
        (5, -1, "5 new answers, 1 of yours taken back"),
    ],
)
def test_new_answers_are_told_apart_from_those_of_the_crowd(of_crowd: int, others: int, said: str):
    assert new_answers_in_words(of_crowd, others) == said


def test_report_that_cannot_be_made_in_a_language_is_said_and_the_first_one_given(tmp_path: Path):
    told: list[Problem] = []

    class Listener(type(SILENT)):  # type: ignore[misc]
        def warn(self, problems: list[Problem]) -> None:
            told.extend(problems)

    practice = PracticeFolder(tmp_path)
    report = PracticeReport(practice, cast(Crowd, None), Listener())
    assert report.in_language("fi") == practice.report / "index.html"
    assert [problem.code for problem in told] == ["DATA_004"]
