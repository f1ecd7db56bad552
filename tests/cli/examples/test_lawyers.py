"""Examples of whoever keeps a register of law."""

from __future__ import annotations

from kuule.cli.command_examples import LAWYERS
from tests.cli.examples.example_runs import ExampleRoom
from tests.register.small_register import write_small_register


def test_examples_of_a_register_run(room: ExampleRoom) -> None:
    write_small_register(room.folder / "law")
    results = {command: room.run(command, codes=(0, 3)) for command in LAWYERS}
    assert results["register check"][0]["warnings"] == 0
    assert all(one["rows"] for one in results["register show"])
    assert all((room.folder / file).is_file() for file in results["register export"][0]["files"])
