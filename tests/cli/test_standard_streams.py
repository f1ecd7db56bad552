"""A command whose standard streams are closed, or lead to where there is no room."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.study.small_study import make_study

_FULL = Path("/dev/full")
"""What always says that there is no room."""


def run_in_shell(redirected: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as a shell starts it with its streams redirected."""
    line = f'exec "$0" -m kuule "$@" {redirected}'
    started = ["/bin/sh", "-c", line, sys.executable, *arguments]
    return subprocess.run(started, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("redirected", "arguments", "code"),
    [
        ("<&-", ["new", "folder"], 1),
        (">&-", ["--version"], 0),
        (">&-", ["schema", "study", "--json"], 0),
        ("<&- >&- 2>&-", ["schema", "study"], 0),
    ],
)
def test_command_needs_no_open_stream(redirected: str, arguments: list[str], code: int, tmp_path: Path) -> None:
    arguments = [one if one != "folder" else str(tmp_path / "a") for one in arguments]
    ended = run_in_shell(redirected, *arguments)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    if redirected == "<&-":
        assert ended.stderr.startswith("NEW_010 ")


def test_no_file_takes_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    """What is printed would otherwise go into the first file that a command opens."""
    study = make_study(tmp_path / "study")
    out = tmp_path / "paper"
    ended = run_in_shell("<&- >&- 2>&-", "ethics", str(study), "--to", str(out))
    assert ended.returncode == 0
    beside = tmp_path / "beside"
    assert run_in_shell("", "ethics", str(study), "--to", str(beside)).returncode == 0
    assert {one.name: one.read_bytes()[:15] for one in out.iterdir()} == {
        one.name: one.read_bytes()[:15] for one in beside.iterdir()
    }


@pytest.mark.skipif(not _FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_result_that_has_no_room_is_said(option: list[str]) -> None:
    ended = run_in_shell(f">{_FULL}", "schema", "study", *option)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False), ended.stderr
    if option:
        told = json.loads(ended.stderr)
        assert (told["exit_code"], told["result"], told["problems"][0]["code"]) == (1, {}, "CLI_011")
        assert told["problems"][0]["cause"] == "no space left on device"
    else:
        assert ended.stderr.startswith("no space left on device\n  see that")
