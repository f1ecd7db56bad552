"""rehearsal.toml: what it may say, and what is said when it says something else."""

from __future__ import annotations

import pytest

from kuule.core.problems import StudyError
from kuule.rehearsal.rehearsal_settings import RehearsalSettings, read_rehearsal_settings


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
    ("content", "cause"),
    [
        ({"weigths": {}}, "'weigths' is not known"),
        ({"pass_over": 2}, "pass_over is 2"),
        ({"leave": "often"}, "leave is 'often'"),
        ({"answers": {"told": {"yes": -1}}}, "[answers.told] gives 'yes' the weight -1 and not a number from 0"),
        ({"answers": {"told": {"yes": True}}}, "[answers.told] gives 'yes' the weight True and not a number from 0"),
        ({"answers": {"told": {"yes": 0, "no": 0}}}, "[answers.told] gives every answer the weight 0"),
        ({"answers": ["told"]}, "[answers] is ['told'] and not a table"),
        ({"texts": {"wish": "one"}}, "[texts] wish is 'one' and not a list of texts"),
        ({"texts": {"sv": {"wish": [1]}}}, "[texts.sv] wish is [1] and not a list of texts"),
    ],
)
def test_content_that_is_not_understood_is_said(content, cause):
    with pytest.raises(StudyError) as raised:
        read_rehearsal_settings(content)
    assert [(problem.code, problem.cause) for problem in raised.value.problems] == [("DEMO_001", cause)]


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(StudyError) as raised:
        read_rehearsal_settings({"a": 1, "b": 1, "leave": -1})
    assert len(raised.value.problems) == 3
