"""`kuule schema`: the schema of a settings file, on stdout and alone there."""

from __future__ import annotations

import json

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.deployment.host_schema import host_schema
from kuule.study.settings.setting_schema import settings_schema


@pytest.mark.parametrize("file", ["study", "rehearsal", "analysis"])
def test_schema_is_printed(file, capsys):
    assert run(["schema", file]) == Exit.DONE
    told = capsys.readouterr()
    assert (json.loads(told.out), told.err) == (settings_schema(f"{file}.toml"), "")


def test_schema_of_a_machine_is_printed(capsys):
    assert run(["schema", "host.toml"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == host_schema()


def test_file_may_have_its_ending(capsys):
    assert run(["schema", "Study.toml"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == settings_schema("study.toml")


@pytest.mark.parametrize(
    ("said", "remedy"),
    [("stdy", "did you mean 'study'?"), ("support", "did you mean 'support list'?"), ("", "give one of them")],
)
def test_another_file_has_none_and_those_that_have_are_named(said, remedy, capsys):
    assert run(["schema", said]) == Exit.USAGE
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "invalid value for WHAT: there are schemas of study, rehearsal, analysis, host and of every command, "
        f"and none of {said!r}; {remedy}",
        "  see kuule schema --help",
    ]


def test_without_a_file_one_is_asked_for(capsys):
    assert run(["schema"]) == Exit.USAGE
    assert capsys.readouterr().err.splitlines() == ["missing argument 'WHAT'", "  see kuule schema --help"]
