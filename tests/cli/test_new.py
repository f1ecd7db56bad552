"""`kuule new`: questions at a terminal, or options; a folder on stdout, and what comes next beside it."""

from __future__ import annotations

import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.settings.study_toml import read_settings
from tests.cli.at_terminal import at_terminal
from tests.patience import wait_until
from tests.sampling import matrix


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_yes_takes_the_defaults(capsys):
    assert run(["new", "my-study", "--yes"]) == Exit.DONE
    told = capsys.readouterr()
    assert told.out == "my-study\n"
    assert told.err.splitlines() == [
        "a study for survivors, in 6 files; kuule check finds no error in it",
        "see it in a browser while you change form.xlsx and study.toml:",
        "  kuule preview my-study",
        "try it, with people who do not exist:",
        "  kuule demo --study my-study --responses 200 --once",
        "what is wrong with it: kuule check my-study",
        "nobody may be asked yet: my-study/README.md says what is still to be done",
    ]
    assert run(["check", "my-study"]) == Exit.DONE


def test_commands_to_type_next_read_a_name_with_a_dash_as_the_folder(capsys):
    assert run(["new", "--yes", "--", "-x"]) == Exit.DONE
    lines = [line.strip().removeprefix("what is wrong with it: ") for line in capsys.readouterr().err.splitlines()]
    assert [line for line in lines if line.startswith("kuule ")] == [
        "kuule preview ./-x",
        "kuule demo --study ./-x --responses 200 --once",
        "kuule check ./-x",
    ]
    assert "`kuule print ./-x --to paper`" in Path("-x", "README.md").read_text("utf-8")
    assert run(["check", "./-x"]) == Exit.DONE


def test_options_are_the_answers(capsys):
    options = ["--for", "public", "--template", "empty", "--organisation", "Us", "--title", "Ours"]
    options += ["--key-split", "whole"]
    several = [
        "--language",
        "sv",
        "--language",
        "Arabic",
        "--partner",
        "One, Inc.",
        "--partner",
        "Two",
        "--country",
        "SE",
    ]
    assert run(["new", "my study", *options, *several]) == Exit.DONE
    settings = read_settings(Path("my study"))
    assert (settings.id, settings.organisation, settings.title) == ("my-study", "Us", "Ours")
    assert (settings.audience, list(settings.languages)) == ("public", ["en", "sv", "ar"])
    assert list(settings.links.partners.values()) == ["One, Inc.", "Two"]
    codes = list(settings.links.partners)
    assert [(len(code), code[1].isdigit()) for code in codes] == [(3, True)] * 2
    assert "--study 'my study'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--for", "survivor"], "NEW_003 for whom: 'survivor' is no audience"),
        (["--language", "xx"], "NEW_004 languages: 'xx' is no language that CLDR knows"),
        (["--key-split", "9of3"], "NEW_006 key split: 9 of 3 is not how a key can be split"),
    ],
)
def test_bad_answers_are_said_and_nothing_is_written(options, said, capsys):
    assert run(["new", "my-study", "--yes", *options]) == Exit.PROBLEM
    assert said in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_all_bad_options_are_said_at_once(capsys):
    options = ["--for", "x", "--template", "y", "--language", "xx", "--language", "yy"]
    options += ["--title", "a\nb", "--partner", "A", "--partner", "A"]
    assert run(["new", "my-study", "--yes", *options]) == Exit.PROBLEM
    said = [line.split()[0] for line in capsys.readouterr().err.splitlines() if line.startswith("NEW_")]
    assert said == ["NEW_003", "NEW_002", "NEW_004", "NEW_004", "NEW_007", "NEW_003"]


def test_what_is_there_is_said_before_anything_is_asked(capsys):
    Path("my-study").mkdir()
    assert run(["new", "my-study"]) == Exit.PROBLEM
    assert "NEW_001 my-study: something is there already" in capsys.readouterr().err


def test_without_a_terminal_what_is_not_given_is_said(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    assert run(["new", "my-study"]) == Exit.PROBLEM
    assert "NEW_010 the terminal: nobody can be asked here: who runs it" in capsys.readouterr().err


@pytest.mark.slow
def test_a_person_is_asked_seven_things_and_again_where_an_answer_cannot_be_meant(tmp_path):
    with at_terminal(["new", "my-study"], tmp_path) as person:
        person.sees("who runs it (your organisation)")
        person.types("Us")
        person.sees("for whom (survivors, offenders or public) [survivors]:")
        person.types("publik")
        person.sees("did you mean 'public'?")
        person.types("public")
        person.sees("as respondents and readers see it [Keeping children safe]:")
        person.types("Safe clubs")
        person.sees("which languages beside English (like sv, ar), with commas between [none]:")
        person.types("Swedish, xx")
        person.sees("'xx' is no language that CLDR knows")
        person.types("Swedish, fi")
        person.sees("how is the key split")
        person.types("")
        person.sees("which partners spread it (names)")
        person.types("")
        person.sees("in which countries")
        person.types("Sweden, FI")
        person.sees("  7  countries: SE, FI\nwrite it?")
        person.types("")
        person.sees("nobody may be asked yet")
        assert person.ends() == Exit.DONE
    settings = read_settings(tmp_path / "my-study")
    assert (settings.audience, settings.organisation, list(settings.languages)) == ("public", "Us", ["en", "sv", "fi"])
    assert (settings.title, settings.help.countries) == ("Safe clubs", ("SE", "FI"))


@pytest.mark.slow
def test_a_person_goes_back_and_changes_what_the_summary_shows(tmp_path):
    with at_terminal(["new", "my-study", "--key-split", "whole"], tmp_path) as person:
        person.sees("who runs it (your organisation)")
        person.types("<")
        person.sees("this is the first question")
        person.types("Us")
        person.sees("for whom (survivors, offenders or public) [survivors]:")
        person.types("back")
        person.sees("who runs it (your organisation), now Us; Enter keeps it:")
        person.types("Them")
        person.sees("for whom")
        person.types("public")
        person.sees("what is its title")
        person.types("")
        person.sees("which languages")
        person.types("none")
        person.sees("which partners")
        person.types("One, Two")
        person.sees("in which countries")
        person.types("")
        summary = person.sees("write it? Enter writes it")
        for line in (
            "1  who runs it: Them",
            "2  for whom: public",
            "5  how the key is split: whole",
            "6  partners: One, Two",
        ):
            assert line in summary
        assert not (tmp_path / "my-study").exists()
        person.types("8")
        person.sees("'8' is no answer here")
        person.types("6")
        person.sees("which partners spread it (names), with commas between, now One, Two; Enter keeps it:")
        person.types("none")
        person.sees("6  partners: none")
        person.types("1")
        person.sees("now Them; Enter keeps it:")
        person.types("")
        person.sees("1  who runs it: Them")
        person.types("")
        assert person.ends() == Exit.DONE
    settings = read_settings(tmp_path / "my-study")
    assert (settings.organisation, dict(settings.links.partners)) == ("Them", {})


@pytest.mark.slow
@pytest.mark.parametrize("how", matrix(["no", "Ctrl-C", "Ctrl-D", "Ctrl-C at a question"], 2))
def test_whoever_leaves_before_the_end_has_nothing_half_written(tmp_path, how):
    with at_terminal(["new", "my-study"], tmp_path) as person:
        person.sees("who runs it")
        if how != "Ctrl-C at a question":
            for question in (
                "for whom",
                "its title",
                "which languages",
                "the key split",
                "which partners",
                "which countries",
            ):
                person.types("")
                person.sees(question)
            person.types("")
            person.sees("write it?")
        if how.startswith("Ctrl-C"):
            person.presses_until(signal.SIGINT, "nothing was written")
        elif how == "Ctrl-D":
            person.ends_input()
        else:
            person.types("no")
        person.sees("nothing was finished" if how == "Ctrl-D" else "nothing was written")
        assert person.ends() == (Exit.PROBLEM if how == "Ctrl-D" else Exit.STOPPED)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_killed_half_way_it_leaves_nothing_half_and_can_be_started_again(tmp_path):
    command = [sys.executable, "-m", "kuule.cli", "new", "my-study", "--yes"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: any(tmp_path.glob(".my-study.unfinished.*/study.toml")) or process.poll() is not None)
        process.kill()
    study = tmp_path / "my-study"
    if not study.exists():
        assert run(["new", str(study), "--yes"]) == Exit.DONE
    assert run(["check", str(study)]) == Exit.DONE
    assert [path.name for path in tmp_path.iterdir()] == ["my-study"]
