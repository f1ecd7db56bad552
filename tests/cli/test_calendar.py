"""`kuule calendar`, as a lead runs it, and its how-to."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from icalendar import Calendar

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.architecture.sources import ROOT
from tests.planning.small_plan import make_plan


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    make_plan(tmp_path / "my-study")
    monkeypatch.chdir(tmp_path)
    return "my-study"


def test_days_are_printed_with_what_to_do_what_is_due_first(study: str, capsys) -> None:
    assert run(["calendar", study, "--from", "2027-12-20"]) == Exit.DONE
    told = capsys.readouterr()
    heads = [line for line in told.out.splitlines() if not line.startswith(" ")]
    assert heads[:3] == [
        "2027-02-20  Tell the help lines that more people may call (due)",
        "2027-12-11  Check services everywhere again (due)",
        "2028-01-01  Check services in Sweden again",
    ]
    assert "            kuule support list my-study --country SE\n" in told.out
    assert "The survey opens" not in {line[12:] for line in heads}, "it is over"
    assert "due now: 2" in told.err


def test_commands_can_be_typed_where_the_folder_has_a_space(study: str, capsys) -> None:
    Path(study).rename("our study")
    assert run(["calendar", "our study", "--from", "2027-01-01"]) == Exit.DONE
    commands = [shlex.split(line) for line in capsys.readouterr().out.splitlines() if line.strip().startswith("kuule")]
    named = [words[words.index("our study") - 1] for words in commands if "our study" in words]
    assert {"check", "gaps", "list"} <= set(named)
    assert not any("study" in words for words in commands)


def test_file_that_is_no_calendar_is_not_written_over(study: str, capsys) -> None:
    settings = Path(study, "study.toml")
    before = settings.read_bytes()
    assert run(["calendar", study, "--to", str(settings)]) == Exit.PROBLEM
    assert "CLI_031" in capsys.readouterr().err
    assert settings.read_bytes() == before
    for _ in range(2):
        assert run(["calendar", study, "--to", "days.ics"]) == Exit.DONE


def test_program_gets_the_same(study: str, capsys) -> None:
    assert run(["calendar", study, "--from", "2027-01-01", "--to", "days.ics", "--json"]) == Exit.DONE
    result = json.loads(capsys.readouterr().out)["result"]
    opening = next(one for one in result["days"] if one["id"] == "opens")
    assert (opening["day"], opening["due"], result["file"]) == ("2027-03-01", False, "days.ics")
    assert result["unknown"] == []


def test_file_has_all_days_and_replaces_an_earlier_one(study: str, tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert run(["calendar", study, "--from", "2040-01-01", "--to", "days.ics"]) == Exit.DONE
    read = Calendar.from_ical((tmp_path / "days.ics").read_bytes())
    assert "opens@small-study.kuule" in {str(one["UID"]) for one in read.walk("VEVENT")}


def test_study_that_cannot_be_read_is_said(study: str, tmp_path: Path, capsys) -> None:
    (tmp_path / study / "study.toml").write_text("id = \n", "utf-8")
    assert run(["calendar", study, "--to", "days.ics"]) == Exit.PROBLEM
    assert "study.toml" in capsys.readouterr().err
    assert not (tmp_path / "days.ics").exists()


def test_how_to_runs(study: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "days.md").read_text("utf-8")
    commands = [shlex.split(line)[1:] for line in re.findall(r"(?m)^kuule .*", page)]
    assert [run(words) for words in commands] == [Exit.DONE, Exit.DONE]
    assert (tmp_path / "my-study.ics").is_file()
