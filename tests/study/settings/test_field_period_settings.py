"""[field_period]: its days, who may begin first, and what does not fit."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.field_period_settings import (
    FieldPeriodSettings,
    SoftLaunchSettings,
    day_begins_at,
    day_ends_at,
)
from kuule.study.settings.study_toml import Study, settings_from_table, table_from_settings
from tests.study.small_study import SETTINGS

OPENS, CLOSES = date(2027, 3, 1), date(2028, 2, 29)


def settings(**field_period: object) -> Study:
    table = {**tomllib.loads(SETTINGS), "links": {"partners": {"k7": "A partner"}}}
    return settings_from_table({**table, "field_period": field_period})


def test_nothing_is_written_where_nothing_is_set() -> None:
    study = settings()
    assert study.field_period == FieldPeriodSettings()
    assert "field_period" not in table_from_settings(study), "editions from before have the same bytes"


def test_settings_survive_json() -> None:
    soft = {"languages": ["sv"], "links": ["k7"], "cap": 50}
    study = settings(opens=OPENS, closes=CLOSES, finish_days=3, soft_launch=soft)
    assert study.field_period == FieldPeriodSettings(OPENS, CLOSES, 3, SoftLaunchSettings(("sv",), ("k7",), 50))
    again = settings_from_table(json.loads(json.dumps(table_from_settings(study))))
    assert again.field_period == study.field_period


def test_day_is_as_long_as_it_is_anywhere() -> None:
    assert day_begins_at(OPENS) == datetime(2027, 2, 28, 10, tzinfo=UTC), "in Kiritimati"
    assert day_ends_at(CLOSES) == datetime(2028, 3, 1, 12, tzinfo=UTC), "on Baker Island"


@pytest.mark.parametrize(
    ("wrong", "place", "remedy"),
    [
        ({"opens": CLOSES, "closes": OPENS}, "closes", "write a day after field_period.opens (2028-02-29)"),
        ({"closes": date(9999, 12, 31)}, "closes", "write a day of the years 1900 to 2999, or none"),
        ({"opens": "0001-01-01"}, "opens", "write a day of the years 1900 to 2999, or none"),
        ({"finish_days": 0}, "finish_days", "write a whole number from 1 to 30"),
        ({"soft_launch": {"languages": ["sw"]}}, "soft_launch.languages", "name it first in [languages]"),
        ({"soft_launch": {"links": ["z9"]}}, "soft_launch.links", "name it first in [links.partners]"),
        ({"soft_launch": {"languages": ["sv"], "cap": 45}}, "soft_launch.cap", "write whole tens, like 50"),
        (
            {"soft_launch": {"cap": 50}},
            "soft_launch.cap",
            "name the languages or the links that begin, or take the cap out",
        ),
    ],
)
def test_what_does_not_fit_is_said(wrong: dict[str, object], place: str, remedy: str) -> None:
    with pytest.raises(StudyError) as raised:
        settings(**wrong)
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("STUDY_105", f"study.toml, field_period.{place}")
    assert problem.remedy == remedy
