"""`kuule brief`: what is printed, what is written, and what it says of a number that nobody counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.publishing.brief.small_brief import WHOLE
from tests.usecases.reporting.test_policy_brief import places


def brief(folder: Path, text: str) -> int:
    release, register, texts = places(folder, text)
    options = ["--register", register, "--country", "FI", "--provision", "limitation", "--text", texts]
    return run(["brief", str(release), *map(str, options), "--to", str(folder / "out")])


def test_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert brief(tmp_path, WHOLE) == Exit.DONE
    assert [Path(line).name for line in capsys.readouterr().out.splitlines()] == [
        "limitation-FI.en.html",
        "limitation-FI.en.pdf",
    ]


def test_number_that_nobody_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = WHOLE.replace("had told someone.", "had told someone, and one in three never did.")
    assert brief(tmp_path, said) == Exit.PROBLEM
    told = capsys.readouterr()
    assert told.out == ""
    assert "BRIEF_010 limitation.en.md, line 15: 'three' is a number in words" in " ".join(told.err.split())
    assert not (tmp_path / "out").exists()
