"""Files that are read by the process that runs them: every test is run once and told of by its name, what files share
is shared, and what cannot be read is told of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.late_reading import without_what_went_well
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow
PLUGINS = ("xdist.plugin", "pytest_timeout", "tests.late_reading", "no:cacheprovider")
"""To load the others takes longer than these runs."""
SHARED = """
import os, pathlib, pytest
@pytest.fixture(scope="session")
def started():
    with open("starts", "a") as file:
        file.write(f"{os.getpid()}\\n")
    yield
    with open("ends", "a") as file:
        file.write(f"{os.getpid()}\\n")
@pytest.fixture(scope="package")
def room():
    yield
    with open("rooms", "a") as file:
        file.write(f"{os.getpid()}\\n")
"""
ONE = """
import pytest
@pytest.mark.parametrize("number", [1, 2, 3])
def test_one(started, number):
    assert number < 3
class TestOfClass:
    def test_in_class(self, room):
        with open("reads", "a") as file:
            file.write("one ")
"""
OTHER = """
import pytest
@pytest.mark.chosen
def test_other(started):
    pass
def test_skipped():
    pytest.skip("for a reason")
"""


def run(folder: Path, *more: str) -> str:
    """What a run with two processes says at its end."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    asked = (*plugins, "-n", "2", "--dist", "loadfile", "-q", "-rA", *more)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *asked],
        cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={
            **os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
    )  # fmt: skip
    return f"{done.stdout}{done.stderr}\nended with {done.returncode}"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  chosen: some\n", "utf-8")
    (tmp_path / "conftest.py").write_text(SHARED, "utf-8")
    for room, content in (("first", ONE), ("second", OTHER)):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
        (tmp_path / room / f"test_{room}.py").write_text(content, "utf-8")
    return tmp_path


def told(said: str) -> set[str]:
    """Each test with how it ended, as the short summary has it."""
    return {" ".join(one) for one in re.findall(r"^(PASSED|FAILED|ERROR) ([^\s:]+\.py(?:::\S+)?)", said, re.M)}


def test_each_test_is_run_once_and_told_of_by_its_name(suite: Path) -> None:
    said = run(suite)
    assert told(said) == {
        "PASSED first/test_first.py::test_one[1]",
        "PASSED first/test_first.py::test_one[2]",
        "FAILED first/test_first.py::test_one[3]",
        "PASSED first/test_first.py::TestOfClass::test_in_class",
        "PASSED second/test_second.py::test_other",
    }
    assert "1 failed, 4 passed, 1 skipped" in said
    assert "ended with 1" in said
    assert (suite / "reads").read_text() == "one "


@pytest.mark.matrix
def test_what_files_share_starts_once_in_a_process_and_ends(suite: Path) -> None:
    """Also where a file between them has no test that is asked for."""
    for number in range(6):
        (suite / "second" / f"test_more_{number}.py").write_text(OTHER, "utf-8")
        (suite / f"test_none_{number}.py").write_text("def test_not_chosen(): pass\n", "utf-8")
    said = run(suite, "-m", "chosen", "-p", "no:randomly")
    assert "7 passed" in said
    assert "ended with 0" in said
    starts, ends = ((suite / name).read_text().split() for name in ("starts", "ends"))
    assert len(starts) == len(set(starts)) <= 2
    assert sorted(starts) == sorted(ends)


@pytest.mark.matrix
def test_tests_are_chosen_by_words(suite: Path) -> None:
    assert told(run(suite, "-k", "in_class")) == {"PASSED first/test_first.py::TestOfClass::test_in_class"}


@pytest.mark.matrix
def test_tests_that_are_named_are_run(suite: Path) -> None:
    said = run(suite, "second/test_second.py::test_other")
    assert told(said) == {"PASSED second/test_second.py::test_other"}
    assert "ended with 0" in said


@pytest.mark.matrix
def test_file_that_cannot_be_read_is_told_of_and_the_others_are_run(suite: Path) -> None:
    (suite / "first" / "test_first.py").write_text("import there_is_no_such_module\n", "utf-8")
    said = run(suite)
    assert told(said) == {"ERROR first/test_first.py", "PASSED second/test_second.py::test_other"}
    assert "No module named 'there_is_no_such_module'" in said
    assert "ended with 1" in said


@pytest.mark.matrix
def test_first_failure_stops_a_run_that_is_to_stop_there(suite: Path) -> None:
    said = run(suite, "-x", "first", "-p", "no:randomly")
    assert "FAILED first/test_first.py::test_one[3]" in told(said)
    assert not (suite / "reads").exists()


@pytest.mark.matrix
def test_process_that_dies_is_told_of(suite: Path) -> None:
    (suite / "first" / "test_first.py").write_text("import os\ndef test_dies(): os._exit(1)\n", "utf-8")
    said = run(suite, "--max-worker-restart", "0")
    assert "crashed while running 'first/test_first.py" in said
    assert "ended with 1" in said


def report(when: str, outcome: str = "passed", **more: Any) -> tuple[str, dict[str, Any]]:
    return "testreport", {"data": {"when": when, "outcome": outcome, "sections": [], **more}}


def test_other_process_is_told_all_but_what_went_well_around_a_test() -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    send = without_what_went_well(lambda name, **what: told.append((name, what)))
    wanted = [
        ("workerready", {"workerinfo": {}}), report("call"), report("call", "skipped"), report("call", "failed"),
        report("setup", "skipped"), report("setup", "failed"), report("teardown", "failed"),
        report("teardown", sections=[("Captured stdout call", "said")]),
        ("runtest_protocol_complete", {"item_index": 1}),
    ]  # fmt: skip
    unwanted = [("logstart", {"nodeid": "a"}), report("setup"), report("teardown"), ("logfinish", {"nodeid": "a"})]
    for name, what in (*wanted, *unwanted):
        send(name, **what)
    assert told == wanted
