"""`kuule doctor`: what a person is told of their machine, and what a program is told of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.cli.test_extras import EVERY, without


def test_machine_of_each_role_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--role", "analyst", "--folder", str(tmp_path)]) == Exit.DONE
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert {line.split()[0] for line in lines if not line.startswith(" ")} <= {"ok", "warning"}
    assert f"ok       folder: {tmp_path} can be written to" in lines
    assert "ok       extra analysis: installed" in lines
    assert said.err.startswith("0 things missing and ")
    assert said.err.endswith("as an analyst\n")


def test_program_is_told_the_same_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json", "--role", "collector", "--folder", str(tmp_path)]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    checks = {one["check"]: one["state"] for one in told["result"]["checks"]}
    assert (told["result"]["role"], told["result"]["missing"], checks["python"]) == ("collector", 0, "ok")
    assert {"letters", "disk", "clock", "freed memory", "swap", "core dumps"} <= set(checks)


def test_extra_that_is_missing_stops_a_role_and_is_told_with_its_command(tmp_path: Path) -> None:
    commands = [["doctor", "--role", role, "--json"] for role in ("collector", "lead", "analyst")]
    [*roles, (code, _)] = without(EVERY, tmp_path, *commands, ["doctor"])
    assert [one for one, _ in roles] == [Exit.CHECK_FOUND_ERRORS] * 3
    assert code == Exit.DONE


def test_place_that_cannot_be_written_to_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(["doctor", "--folder", str(tmp_path / "nowhere"), "--json"]) == Exit.CHECK_FOUND_ERRORS
    [place] = [one for one in json.loads(capsys.readouterr().out)["result"]["checks"] if one["check"] == "folder"]
    assert (place["state"], "no such file" in place["told"], place["remedy"][:4]) == ("missing", True, "work")


def test_role_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--role", "baker"]) == Exit.USAGE
    assert "collector, workbench, lead, analyst" in capsys.readouterr().err
