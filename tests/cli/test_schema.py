"""`kuule schema`: the schema of a settings file, on stdout and alone there."""

from __future__ import annotations

import json

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.settings.setting_schema import settings_schema


@pytest.mark.parametrize("file", ["study", "rehearsal", "analysis"])
def test_schema_is_printed(file, capsys):
    assert run(["schema", file]) == Exit.DONE
    told = capsys.readouterr()
    assert (json.loads(told.out), told.err) == (settings_schema(f"{file}.toml"), "")


def test_another_file_has_none(capsys):
    assert run(["schema", "support"]) == Exit.USAGE
    assert "study" in capsys.readouterr().err
