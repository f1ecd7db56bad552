"""`kuule import`: a file and a folder; the folder on stdout, what was not taken beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.settings.study_toml import read_settings
from tests.study_import.importing import FILES


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_was_taken_and_what_was_not_is_said(capsys):
    assert run(["import", str(FILES / "trips.txt"), "trips"]) == Exit.DONE
    told = capsys.readouterr()
    assert told.out == "trips\n"
    assert told.err.splitlines() == [
        "6 questions taken, in fi, en, from a survey of LimeSurvey",
        "not taken, or changed (4):",
        "  question walks: mandatory: everyone may skip every question but the two gates",
        "  question why: walks.NAOK == 'A3' && km > 3 + 4: it goes on with '+' where it should end, so everyone is"
        " asked now",
        "  question again: Yes, No: the program has these words and the file has not, so they are in English",
        "  quotas: Enough walkers: nobody is turned away by what others answered",
        "all of it, with what to do: trips/not-taken.md",
        "look at it: kuule preview trips",
        "nobody may be asked yet: trips/README.md says what only you can decide",
    ]
    assert run(["check", "trips"]) == Exit.DONE


def test_options_are_those_of_a_new_study(capsys):
    options = ["--for", "public", "--organisation", "Us", "--title", "Ours", "--key-split", "whole", "--language", "ar"]
    options += ["--partner", "One", "--country", "SE", "--source-language", "Swedish"]
    assert run(["import", str(FILES / "garden.csv"), "garden", *options]) == Exit.DONE
    settings = read_settings(Path("garden"))
    assert (settings.audience, settings.organisation, settings.title) == ("public", "Us", "Ours")
    assert (settings.source_language, list(settings.languages)) == ("sv", ["sv", "ar"])
    assert list(settings.links.partners.values()) == ["One"]
    assert "10 questions taken, in sv, from a data dictionary of REDCap" in capsys.readouterr().err


def test_all_bad_options_are_said_at_once_and_nothing_is_written(tmp_path, capsys):
    options = ["--for", "nobody", "--country", "Swden", "--source-language", "Klingon"]
    assert run(["import", str(FILES / "garden.csv"), "garden", *options]) == Exit.PROBLEM
    told = capsys.readouterr().err
    assert [code for code in ("NEW_003", "NEW_004", "NEW_005") if code in told] == ["NEW_003", "NEW_004", "NEW_005"]
    assert list(tmp_path.iterdir()) == []


def test_bad_file_is_said_with_what_to_do(tmp_path, capsys):
    Path("survey.lsa").write_bytes(b"PK")
    assert run(["import", "survey.lsa", "mine"]) == Exit.PROBLEM
    told = capsys.readouterr().err
    assert "IMPORT_002" in told
    assert "Survey structure (.lss)" in told
    assert [path.name for path in tmp_path.iterdir()] == ["survey.lsa"]
