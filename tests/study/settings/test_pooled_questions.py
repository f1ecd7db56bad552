"""[pooled] in study.toml: which wordings are one question, and why."""

from __future__ import annotations

import json

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.pooled_questions import PooledQuestion
from kuule.study.settings.study_toml import Study, read_settings, settings_from_table, table_from_settings
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study

POOLED = '\n[pooled.age_band]\neditions = ["3f2a91c0"]\nwhy = "A comma was added."\n'


def read(folder, text: str) -> Study:
    folder.mkdir(exist_ok=True)
    (folder / "study.toml").write_text(SETTINGS + text, "utf-8")
    return read_settings(folder)


def test_pooled_question_is_read_and_written(tmp_path):
    study = read(tmp_path, POOLED)
    assert study.pooled == {"age_band": PooledQuestion(("3f2a91c0",), "A comma was added.")}
    assert settings_from_table(json.loads(json.dumps(table_from_settings(study))), "study.json") == study


def test_study_without_one_has_the_same_settings_as_ever(tmp_path):
    assert "pooled" not in table_from_settings(read(tmp_path, ""))


def test_edition_is_named_by_the_first_digits_of_its_id():
    pooled = PooledQuestion(("3f2a91c0",), "")
    assert pooled.names_edition("3f2a91c0" + "0" * 56)
    assert not pooled.names_edition("0" * 64)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('editions = ["3f2a91"]\nwhy = "A comma."', "STUDY_105 study.toml, pooled.age_band.editions: '3f2a91'"),
        ('editions = ["the first"]\nwhy = "A comma."', "STUDY_105 study.toml, pooled.age_band.editions: 'the first'"),
        (
            'editions = []\nwhy = "A comma."',
            "STUDY_102 study.toml, pooled.age_band.editions: it names no",
        ),
        ('editions = ["3f2a91c0"]', "STUDY_102 study.toml, pooled.age_band.why"),
        ('editions = ["3f2a91c0"]\nwhy = "A comma."\nbecause = "x"', "STUDY_103 study.toml, pooled.age_band.because"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, said):
    with pytest.raises(StudyError) as error:
        read(tmp_path, f"\n[pooled.age_band]\n{text}\n")
    assert said in str(error.value)


def test_question_that_the_form_does_not_have_is_refused(tmp_path):
    path = make_study(tmp_path, settings=SETTINGS + POOLED.replace("age_band", "age_bands"))
    [found] = [one for one in check_study(path) if one.code == "STUDY_311"]
    assert (found.place, found.cause) == ("study.toml, pooled", "there is no question 'age_bands'")


def test_report_and_plan_may_name_an_earlier_version_of_a_question(tmp_path):
    report = "# A\n\n```figure\nquestion: age_band@1\n```\n\n{{ if shown years@2 }}{{ base years@2 }}{{ end }}\n"
    path = make_study(tmp_path, report=report)
    (path / "analysis.toml").write_text('[[table]]\nitem = "age_band@1"\nby = "@language"\n', "utf-8")
    assert [str(one) for one in check_study(path) if one.code in ("STUDY_314", "STUDY_360")] == []
