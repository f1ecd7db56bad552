"""A figure of a question that only some were asked says who, or `check` says that it does not."""

import re
from pathlib import Path

import pytest

from tests.study.reading import check_study
from tests.study.small_study import FORM, make_study

WISH = "| | text | wish | What should change? | Please leave out all names. | | | multiline |\n"
AFTER = "| | select_one yes_no | after | And after? | | ${consent} = 'yes' | | |\n"
OURS = Path(__file__).parents[4] / "studies" / "our-voice"


def warnings(folder, report):
    study = make_study(folder, form=FORM.replace(WISH, AFTER + WISH), report=report, languages={})
    return [(one.place, one.cause) for one in check_study(study) if one.code == "STUDY_373"]


def figure(fields, text=""):
    return f"# Report\n\n{text}\n\n```figure\n{fields}\n```\n"


def test_figure_after_an_answer_that_the_report_shows_says_who_was_asked(tmp_path):
    said = "'after' is asked only after some answers to 'consent', and its figure does not say so"
    report = figure("question: after", "{{ share consent yes }} agreed.")
    assert warnings(tmp_path, report) == [("report.md, line 5", said)]


@pytest.mark.parametrize(
    "report",
    [
        figure("question: after\nasked: We asked only people who agreed.", "{{ share consent yes }} agreed."),
        figure("question: after"),
        figure("question: place", "{{ share consent yes }} agreed."),
    ],
)
def test_figure_that_says_it_or_is_of_everybody_has_no_warning(tmp_path, report):
    assert warnings(tmp_path, report) == []


@pytest.mark.slow
def test_every_figure_of_our_voice_says_it(tmp_path):
    codes = [one.code for one in check_study(OURS)]
    assert "STUDY_373" not in codes
    written = (OURS / "report.md").read_text("utf-8")
    assert len(re.findall(r"^asked: ", written, re.MULTILINE)) == 12
