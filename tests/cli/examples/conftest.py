"""A folder in which the examples of the help are run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.examples.example_runs import ExampleRoom


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExampleRoom:
    monkeypatch.chdir(tmp_path)
    return ExampleRoom(tmp_path, monkeypatch)
