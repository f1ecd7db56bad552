"""`kuule print`: the files on stdout."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.study.small_study import make_study


def test_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    arguments = ["--language", "sv", "--beside", "ar", "--format", "html", "--notes"]
    assert run(["print", str(study), "--to", str(out), *arguments]) == Exit.DONE
    told = capsys.readouterr()
    assert (told.out.split(), told.err) == ([str(out / "translations-sv-ar.html")], "")


@pytest.mark.parametrize("languages", [["--language", "ar", "--beside", "ar"], ["--beside", "en"]])
def test_language_beside_itself_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: list[str]
) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    assert run(["print", str(study), "--to", str(out), *languages]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(f"PRINT_003 --beside: {languages[-1]!r} is the language of both columns")
    assert not out.exists()


def test_unknown_language_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    assert run(["print", str(study), "--to", str(tmp_path / "out"), "--language", "sw"]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith("PRINT_001 --language: ")
