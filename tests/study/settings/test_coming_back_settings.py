"""[coming_back]: defaults by audience, the moment at which a day is over everywhere, and what is not a day."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.study_toml import Audience, Study, settings_from_table, table_from_settings
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_edition, make_study

UNTIL = date(2027, 6, 30)


def settings(**coming_back: object) -> Study:
    return settings_from_table({**tomllib.loads(SETTINGS), "coming_back": coming_back})


@pytest.mark.parametrize(("audience", "days"), [("survivors", 14), ("public", 14), ("offenders", 0)])
def test_default_is_the_audiences_own(audience: str, days: int) -> None:
    table = {**tomllib.loads(SETTINGS), "audience": audience}
    assert settings_from_table(table).coming_back == ComingBackSettings(days, None)
    assert audience in list(Audience)


@pytest.mark.parametrize("until", [UNTIL, None])
def test_settings_survive_json(until: date | None) -> None:
    study = settings(pause_days=3, **({"withdraw_until": until} if until else {}))
    assert study.coming_back == ComingBackSettings(3, until)
    again = settings_from_table(json.loads(json.dumps(table_from_settings(study))))
    assert again.coming_back == study.coming_back


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("soon", "STUDY_105"),
        ("2027-02-30", "STUDY_105"),
        ("20270630", "STUDY_105"),
        (20270630, "STUDY_104"),
        (datetime(2027, 6, 30, tzinfo=UTC), "STUDY_104"),
        (date(9999, 12, 31), "STUDY_105"),
    ],
)
def test_what_is_no_day_is_said(value: object, code: str) -> None:
    with pytest.raises(StudyError) as raised:
        settings(withdraw_until=value)
    assert [problem.code for problem in raised.value.problems] == [code]


@pytest.mark.parametrize("days", [-1, 91])
def test_days_have_bounds(days: int) -> None:
    with pytest.raises(StudyError):
        settings(pause_days=days)


def test_day_is_over_when_it_is_over_everywhere() -> None:
    last = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)
    given = ComingBackSettings(0, UNTIL)
    assert [given.accepts_withdrawals(last + timedelta(seconds=by)) for by in (-1, 0)] == [True, False]
    assert [given.last_day_if_open(last + timedelta(seconds=by)) for by in (-1, 0)] == [given.withdraw_until, None]
    assert ComingBackSettings(0, None).accepts_withdrawals(last) is False
    assert ComingBackSettings(0, None).last_day_if_open(last) is None


def codes(folder: Path, given: str, against: str | None = None, audience: str = "survivors") -> set[str]:
    own = {"STUDY_348", "STUDY_349", "STUDY_350"}
    earlier = make_edition(folder / "earlier", settings=SETTINGS + against) if against is not None else None
    asked = SETTINGS.replace('"survivors"', f'"{audience}"') + given
    return {problem.code for problem in check_study(make_study(folder / "now", settings=asked), earlier)} & own


@pytest.mark.parametrize(
    ("given", "audience", "expected"),
    [
        ("", "survivors", {"STUDY_348"}),
        ("[coming_back]\nwithdraw_until = 2027-06-30", "survivors", set()),
        ("[coming_back]\nwithdraw_until = 2027-06-30", "offenders", set()),
        ("[coming_back]\npause_days = 5", "offenders", {"STUDY_348", "STUDY_349"}),
    ],
)
def test_rules_of_one_study(tmp_path: Path, given: str, audience: str, expected: set[str]) -> None:
    assert codes(tmp_path, given, audience=audience) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("[coming_back]\nwithdraw_until = 2027-06-30", set()),
        ("[coming_back]\nwithdraw_until = 2027-07-01", set()),
        ("[coming_back]\nwithdraw_until = 2027-06-29", {"STUDY_350"}),
        ("", {"STUDY_348", "STUDY_350"}),
    ],
)
def test_promised_day_never_comes_earlier(tmp_path: Path, now: str, expected: set[str]) -> None:
    assert codes(tmp_path, now, against="[coming_back]\nwithdraw_until = 2027-06-30") == expected
