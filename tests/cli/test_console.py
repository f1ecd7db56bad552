"""How the command line speaks at a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.progress import Progress

from kuule.cli.console import ProgressBar, print_problems, say
from kuule.core.problems import Problem


def test_bar_is_there_while_something_is_left_and_gone_when_all_is_done() -> None:
    """Under `kuule demo` it stood below the last report until Ctrl-C: 2000/2000, 0:00:00 left."""
    shown = Progress(console=Console(file=StringIO()))
    bar = ProgressBar(shown, "people who do not exist answer", 3)
    seen = []
    for done in (1, 2, 1, 3):
        bar.advance_to(done)
        seen.append((shown.tasks[0].completed, shown.tasks[0].visible))
    assert seen == [(1, True), (2, True), (2, True), (3, False)]


def test_terminal_obeys_nothing_that_a_name_has(capsys: pytest.CaptureFixture[str]) -> None:
    """A file of somebody else's may be named so that it clears the screen, or turns the direction of what follows."""
    name = "a\x1b[2J\x9b\u202eb.po"
    say(f"{name} was read")
    print_problems([Problem("LANG_051", name, f"there is no {name}", f"give another than {name}\nor none")])
    shown = capsys.readouterr().err
    assert {"\x1b", "\x9b", "\u202e"}.isdisjoint(shown)
    assert shown.splitlines()[0] == "a\ufffd[2J\ufffd\ufffdb.po was read"
    assert "a\ufffd[2J\ufffd\ufffdb.po or none" in shown
