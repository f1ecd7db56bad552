"""Examples of whoever writes a study, keeps its keys, and carries it with partners."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.app import run
from tests.cli.examples.example_runs import ExampleRoom
from tests.kit.spread_study import spread_study
from tests.network.small_network import EN, SV, write_statement
from tests.ports import free_port
from tests.study.small_study import FORM

PLAIN = (
    "doctor",
    "completion",
    "new",
    "import",
    "check",
    "print",
    "schema",
    "ethics",
    "calendar",
    "translate export",
    "translate memory",
    "translate reuse",
    "translate status",
)
NETWORK = ("network check", "network statement", "network site", "kit")


@pytest.fixture
def study(room: ExampleRoom) -> Path:
    (room.folder / "form.md").write_text(FORM, "utf-8")
    study = spread_study(room.folder / "my-study")
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\n', en=EN, sv=SV)
    return study


def test_examples_of_authors_run(room: ExampleRoom, study: Path) -> None:
    results = {command: room.run(command) for command in PLAIN}
    assert results["check"][0]["errors"] == 0
    assert (room.folder / results["translate export"][0]["files"][0]).is_file()
    assert results["translate status"][0]["languages"][0]["texts"] > 0
    [brought] = room.run("translate import")
    assert brought["files"][0]["language"] == "sv"
    [listed] = room.run("support list", codes=(0, 1))
    assert [one["country"] for one in listed["services"]] == ["SE"] * len(listed["services"])
    room.run("support gaps", codes=(0, 1))
    assert room.run("support check") == [{"files": [str(Path("my-study/support.csv"))]}]
    [hidden] = room.run("support hide")
    assert (hidden["changed"], hidden["name"], hidden["reason"]) == (True, "Bris", "nobody answers")


def test_examples_of_a_network_run(room: ExampleRoom, study: Path) -> None:
    results = {command: room.run(command) for command in NETWORK}
    assert [one["state"] for one in results["network statement"][0]["partners"]] == ["waiting"]
    assert results["kit"][0]["kits"][0]["folder"] == "kits/childx/en"
    assert room.run_apart("invite")["link"].startswith("http")


def test_examples_of_pages_on_this_machine_say_when_they_are_ready(room: ExampleRoom, study: Path) -> None:
    for command in ("preview", "workbench"):
        port = str(free_port())
        with room.serve(command, "--port", port) as told:
            assert port in told["address"]


@pytest.mark.whole
def test_example_of_the_demo_runs(room: ExampleRoom) -> None:
    ports = ("--port", str(free_port()), "--report-port", str(free_port()))
    words = room.words("kuule demo --responses 500 --once")
    assert run([*words, "--responses", "30", "--first", "10", *ports]) == 0
