"""The question that asks for leave to quote: it is there, gives leave by a choice, and decides and counts nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study.reading import check_study
from tests.study.small_study import FORM, REPORT, SETTINGS, make_study

WISH = "| | text | wish | What should change? | Please leave out all names. | | | multiline |\n"
ASKING = f"{WISH}| | select_one way | quote_ok | May we quote you? | | | | |\n"
FORM_WITH = FORM.replace(WISH, ASKING).replace(
    "| | way | go_on | Go on |\n", "| | way | go_on | Go on |\n| | way | prefer_not_to_say | I prefer not to say |\n"
)
SETTING = '\n[leave_to_quote.quote_ok]\nanswers = ["go_on"]\ntexts = ["wish"]\n'


def causes(folder: Path, setting: str = SETTING, form: str = FORM_WITH, report: str = REPORT) -> list[tuple[str, str]]:
    source = SETTINGS.partition("[languages]")[0] + "[languages]\nen = { leave_to = 'https://en.wikipedia.org/' }\n\n"
    rest = "[opening]" + SETTINGS.partition("[opening]")[2]
    study = make_study(folder, form=form, settings=source + rest + setting, report=report, languages={})
    return [(one.place, one.cause) for one in check_study(study) if one.code == "STUDY_367"]


def test_question_that_fits_is_nothing_to_tell(tmp_path: Path) -> None:
    assert causes(tmp_path) == []
    assert causes(tmp_path / "all", SETTING.replace('texts = ["wish"]\n', "")) == []


@pytest.mark.parametrize(
    ("before", "after", "where", "cause"),
    [
        ("quote_ok]", "quoted]", "", "there is no question 'quoted'"),
        ("quote_ok]", "years]", "", "'years' is of the type integer"),
        ('["go_on"]', '["yes"]', ".answers", "'yes' is no answer that gives leave"),
        ('["go_on"]', '["prefer_not_to_say"]', ".answers", "'prefer_not_to_say' is no answer that gives leave"),
        ('["wish"]', '["years"]', ".texts", "'years' is no free text of the study"),
    ],
)
def test_name_that_does_not_fit_is_refused(tmp_path: Path, before: str, after: str, where: str, cause: str) -> None:
    setting = SETTING.replace(before, after)
    name = setting.partition("leave_to_quote.")[2].partition("]")[0]
    assert (f"study.toml, leave_to_quote.{name}{where}", cause) in causes(tmp_path, setting)


def test_question_in_a_repeat_is_refused(tmp_path: Path) -> None:
    around = "| | begin_repeat | each | Each | | | | |\n", "| | end_repeat | | | | | | |\n"
    row = ASKING.removeprefix(WISH)
    form = FORM_WITH.replace(row, row.join(around))
    assert ("study.toml, leave_to_quote.quote_ok", "'quote_ok' is in a repeat") in causes(tmp_path, form=form)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"setting": f'{SETTING}[publication]\nby_language = ["quote_ok"]\n'}, "[publication]"),
        ({"setting": f'{SETTING}[cleaning.contradictions.c]\nquote_ok = ["go_on"]\nway = ["go_on"]\n'}, "[cleaning]"),
        ({"report": REPORT + "\n{{ share quote_ok go_on }}\n"}, "report.md"),
        (
            {"form": FORM_WITH.replace("| | integer | years | For how many years have you lived there? | | |",
                                       "| | integer | years | For how many years? | | ${quote_ok} = 'go_on' |")},
            "the question 'years'",
        ),
    ],
)  # fmt: skip
def test_other_use_of_the_answer_is_refused(tmp_path: Path, changed: dict[str, str], where: str) -> None:
    cause = f"{where} uses 'quote_ok', whose answer is kept beside the words and nowhere else"
    assert causes(tmp_path, **changed) == [("study.toml, leave_to_quote.quote_ok", cause)]
