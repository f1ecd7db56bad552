"""[leave_to_quote] in study.toml: which question asks whether words may be quoted."""

from __future__ import annotations

import json

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.leave_questions import LeaveQuestion
from kuule.study.settings.study_toml import Study, read_settings, settings_from_table, table_from_settings
from tests.study.small_study import SETTINGS

ASKED = '\n[leave_to_quote.quote_ok]\nanswers = ["yes"]\ntexts = ["wish"]\n'
OTHER = '\n[leave_to_quote.other_ok]\nanswers = ["yes"]\n'


def read(folder, text: str) -> Study:
    (folder / "study.toml").write_text(SETTINGS + text, "utf-8")
    return read_settings(folder)


def test_question_is_read_and_written(tmp_path):
    study = read(tmp_path, ASKED)
    assert study.leave_to_quote == {"quote_ok": LeaveQuestion(("yes",), ("wish",))}
    assert settings_from_table(json.loads(json.dumps(table_from_settings(study))), "study.json") == study


def test_study_without_one_has_the_same_settings_as_ever(tmp_path):
    assert "leave_to_quote" not in table_from_settings(read(tmp_path, ""))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '\n[leave_to_quote.quote_ok]\ntexts = ["wish"]\n',
            "STUDY_102 study.toml, leave_to_quote.quote_ok.answers: no",
        ),
        (f'{ASKED}because = "x"\n', "STUDY_103 study.toml, leave_to_quote.quote_ok.because"),
        (f'{ASKED}{OTHER}texts = ["wish"]\n', "STUDY_110 study.toml, leave_to_quote.other_ok: 'wish' is in two"),
        (f"{ASKED}{OTHER}", "STUDY_110 study.toml, leave_to_quote.other_ok: it is for all texts"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, text, problem):
    with pytest.raises(StudyError, match=problem):
        read(tmp_path, text)
