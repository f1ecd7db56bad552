"""Which Pythons are found on a machine, and that each that is promised is there in every place that says so."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def pythons(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("pythons")


@pytest.fixture
def nowhere_else(pythons: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which Pythons are looked for in `path` and under pyenv in `pyenv`, and nowhere else."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(pythons, "_USUAL", ())
    return tmp_path


def program(place: Path, *lines: str, code: int = 0) -> Path:
    """A program that says these lines."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("#!/bin/sh\n" + "".join(f"echo '{line}'\n" for line in lines) + f"exit {code}\n")
    place.chmod(0o755)
    return place


def test_pythons_are_found_past_a_name_that_does_not_run(pythons: ModuleType, nowhere_else: Path) -> None:
    program(nowhere_else / "path" / "python3.98", "pyenv: python3.98: command not found", code=127)
    real = nowhere_else / "pyenv" / "versions" / "3.98.1" / "bin" / "python3.98"
    program(real, "3.98", str(real))
    program(nowhere_else / "path" / "python3.99", "3.98", "it says another version than its name")
    assert pythons.every_python(("3.98", "3.99")) == {"3.98": str(real)}


def test_python_that_asks_is_the_one_of_its_version(pythons: ModuleType, nowhere_else: Path) -> None:
    assert pythons.every_python((OWN,)) == {OWN: sys.executable}


def test_promised_pythons_are_those_of_the_package(pythons: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = [one.rsplit(" ", 1)[1] for one in project["classifiers"] if "Python :: 3" in one]
    assert tuple(said) == pythons.VERSIONS
    assert project["requires-python"] == f">={pythons.VERSIONS[0]}"


def test_every_python_without_a_kind_says_how_it_is_used() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "every_python.py"), "quick"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    usage = "usage: python3 scripts/every_python.py whole|others [options of pytest]\n"
    assert (outcome.returncode, outcome.stderr) == (2, usage)


def test_python_that_is_not_here_is_said_and_one_that_fails_is_a_fault(
    pythons: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = importlib.import_module("every_python")
    for name, code in ((".venv-3.97", 0), (".venv-3.98", 1)):
        program(tmp_path / name / "bin" / "python", code=code)
    monkeypatch.setattr(every, "ROOT", tmp_path)
    monkeypatch.setattr(every.setup, "prepare", lambda *place, **more: None)
    monkeypatch.setattr(pythons, "VERSIONS", ("3.97", "3.99"))
    monkeypatch.setattr(pythons, "every_python", lambda: {"3.97": "/python3.97", "3.98": "/python3.98"})
    assert every.main(["others"]) == 0
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "Python 3.97: green (0 minutes)",
        "Python 3.99: not on this machine, not tested",
    ]
    monkeypatch.setattr(pythons, "VERSIONS", ("3.97", "3.98"))
    assert every.main(["whole"]) == 1


def test_tests_of_other_pythons_are_there(pythons: ModuleType) -> None:
    every = importlib.import_module("every_python")
    assert [name for name in every.QUICK if not (ROOT / name).exists()] == []
