"""Which days a study has: from its files, one after the other, and what cannot be known is said."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from kuule.cli.command_list import COMMANDS, GROUPS
from kuule.planning.study_days import StudyDays, read_study_days
from tests.network.small_network import sign
from tests.planning.small_plan import FIELD, make_plan
from tests.study.small_study import SETTINGS, make_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "my-study")


def by_id(found: StudyDays) -> dict[str, date]:
    assert len({one.id for one in found.days}) == len(found.days)
    return {one.id: one.day for one in found.days}


def what(found: StudyDays, name: str) -> str:
    return next(one.what for one in found.days if one.id == name)


def test_days_of_the_survey_follow_from_its_settings(study: Path) -> None:
    days = by_id(read_study_days(study))
    kept = int(re.findall(r"retention_days = (\d+)", SETTINGS)[0])
    assert {name: day.isoformat() for name, day in days.items() if name in FIELD_DAYS} == FIELD_DAYS
    assert (days["end"] - date(2028, 2, 29)).days == kept
    assert (days["end"] - days["before-end"]).days == 30


FIELD_DAYS = {
    "before-opening": "2027-02-15",
    "opens": "2027-03-01",
    "before-closing": "2028-02-15",
    "closes": "2028-02-29",
    "paused-until": "2028-03-21",
    "last-answers": "2028-03-23",
    "withdrawals-end": "2028-06-30",
    "last-withdrawals": "2028-07-02",
}
"""Paused visits: 14 days and the week of the last of them."""


def test_country_is_checked_again_a_month_before_its_first_service_disappears(study: Path) -> None:
    found = read_study_days(study)
    days = by_id(found)
    assert {name: day for name, day in days.items() if name.startswith("help-")} == {
        "help-se": date(2028, 1, 1),
        "help-zz": date(2027, 12, 11),
    }, "nobody checked Finland, and what is hidden disappears from no page"
    assert what(found, "help-se").startswith(
        "Line One: checked 2027-01-31, shown until 2028-01-31; Line Two: checked 2027-02-15, shown until 2028-02-15;"
        " and 1 later."
    )


def test_partners_days_name_what_is_left_to_do(study: Path) -> None:
    found = read_study_days(study)
    days = by_id(found)
    assert (days["statement-time-limits"], days["launch-opening"]) == (date(2027, 5, 1), date(2027, 3, 1))
    [task] = [name for name in days if name.startswith("task-")]  # the other one is done
    assert days[task] == date(2027, 2, 20)
    assert what(found, task) == "For The survey opens in Sweden; by ChildX."
    assert "Still to sign: ChildX, A radio station." in what(found, "statement-time-limits")
    for partner in ("childx", "radio"):
        sign(study, partner)
    assert "Everybody who was asked has signed." in what(read_study_days(study), "statement-time-limits")


def test_sheets_and_backups_come_at_fixed_distances_and_end(study: Path) -> None:
    days = by_id(read_study_days(study))
    backups = sorted(day for name, day in days.items() if name.startswith("backup-"))
    sheets = sorted(day for name, day in days.items() if name.startswith("sheets-"))
    assert (backups[0], len(backups)) == (date(2027, 5, 31), 4)
    assert max(backups) <= days["last-answers"] < max(sheets) <= days["end"]


def test_what_waits_is_due_until_a_file_says_that_it_was_done(study: Path) -> None:
    found, today = read_study_days(study), date(2028, 1, 2)
    [task, *others] = [one.id for one in found.days_due(today)]
    assert (task.startswith("task-opening-"), others) == (True, ["help-zz", "help-se"])
    assert found.days_ahead(today)[0].day >= today
    file = study / "support.csv"
    file.write_text(re.sub(r"2027-01-31|2027-02-15|2027-01-10", "2028-01-02", file.read_text("utf-8")), "utf-8")
    assert [one.id for one in read_study_days(study).days_due(today)] == [task]


def test_what_cannot_be_known_is_said_and_the_rest_is_there(tmp_path: Path) -> None:
    study = make_plan(tmp_path / "study", settings="\n[coming_back]\nwithdraw_until = 2028-06-30\n")
    (study / "launches" / "opening.toml").write_text("title = \n", "utf-8")
    found = read_study_days(study)
    assert [one.place for one in found.unknown] == [
        "study.toml, field_period.opens",
        "study.toml, field_period.closes",
        "statements and launches",
    ]
    assert found.unknown[-1].why.startswith("NETWORK_020 ")
    assert set(by_id(found)) == {"withdrawals-end", "last-withdrawals", "help-se", "help-zz"}


def test_register_that_is_not_there_is_said_and_one_that_is_has_its_first_review(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    study = make_study(
        tmp_path / "study", settings=SETTINGS + '\n[help]\nregister = "../nowhere"\ncountries = ["FI"]\n'
    )
    assert read_study_days(study).unknown[-1].place == "study.toml, help.register"
    (tmp_path / "nowhere").symlink_to(root / "registers" / "csa-law-europe")
    found = read_study_days(study)
    assert "reviewed within a month: FI " in what(found, "register")


def test_each_command_is_one_of_kuule(study: Path) -> None:
    commands = [shlex.split(command) for one in read_study_days(study).days for command in one.commands]
    assert len(commands) > 20
    assert {words[0] for words in commands} == {"kuule"}
    assert {words[1] for words in commands} <= {*COMMANDS, *GROUPS}


def test_same_files_give_the_same_days_whatever_a_store_has(study: Path, tmp_path: Path) -> None:
    before = read_study_days(study)
    (study / "collector.sqlite3").write_bytes(b"answers")
    assert read_study_days(study) == before
    assert FIELD in (study / "study.toml").read_text("utf-8")
