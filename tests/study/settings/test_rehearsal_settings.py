"""rehearsal.toml: what it may say, and what is said when it says something else."""

from __future__ import annotations

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.rehearsal_settings import RehearsalSettings, read_rehearsal_settings


def test_empty_content_gives_the_defaults():
    assert read_rehearsal_settings({}) == RehearsalSettings()


def test_whole_content_is_read():
    content = {
        "pass_over": 0.1, "stop_early": 0, "leave": 1, "pause": 0.5, "withdraw": 1,
        "languages": {"en": 3, "ar": 1},
        "answers": {"told": {"yes": 2, "no": 0.5}},
        "texts": {"wish": ["be heard"], "sv": {"wish": ["bli hörd"]}},
    }  # fmt: skip
    assert read_rehearsal_settings(content) == RehearsalSettings(
        answers={"told": {"yes": 2.0, "no": 0.5}},
        texts={"": {"wish": ("be heard",)}, "sv": {"wish": ("bli hörd",)}},
        languages={"en": 3.0, "ar": 1.0},
        pass_over=0.1, stop_early=0.0, leave=1.0, pause=0.5, withdraw=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code", "place", "cause"),
    [
        ({"weigths": {}}, "STUDY_103", "weigths", "this setting is not known"),
        ({"pass_over": 2}, "STUDY_105", "pass_over", "2 does not fit"),
        ({"leave": "often"}, "STUDY_104", "leave", "this is a text"),
        ({"answers": {"told": {"yes": -1}}}, "STUDY_105", "answers.told.yes", "-1 does not fit"),
        ({"answers": {"told": {"yes": True}}}, "STUDY_104", "answers.told.yes", "this is true or false"),
        ({"answers": {"told": {"yes": 0, "no": 0}}}, "STUDY_105", "answers.told", "every weight is 0"),
        ({"languages": {"en": 0}}, "STUDY_105", "languages", "every weight is 0"),
        ({"answers": ["told"]}, "STUDY_104", "answers", "this is a list"),
        ({"texts": {"wish": "one"}}, "STUDY_104", "texts.wish", "this is a text"),
        ({"texts": {"sv": {"wish": [1]}}}, "STUDY_104", "texts.sv.wish", "this is a list"),
        ({"pause": float("nan")}, "STUDY_105", "pause", "nan does not fit"),
    ],
)
def test_content_that_is_not_understood_is_said(content, code, place, cause):
    with pytest.raises(StudyError) as raised:
        read_rehearsal_settings(content)
    said = [(problem.code, problem.place, problem.cause) for problem in raised.value.problems]
    assert said == [(code, f"rehearsal.toml, {place}", cause)]


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(StudyError) as raised:
        read_rehearsal_settings({"a": 1, "b": 1, "leave": -1})
    assert len(raised.value.problems) == 3
