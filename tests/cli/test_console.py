"""How the command line speaks at a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.progress import Progress

from kuule.cli.console import ProgressBar


def test_bar_is_there_while_something_is_left_and_gone_when_all_is_done() -> None:
    """Under `kuule demo` it stood below the last report until Ctrl-C: 2000/2000, 0:00:00 left."""
    shown = Progress(console=Console(file=StringIO()))
    bar = ProgressBar(shown, "people who do not exist answer", 3)
    seen = []
    for done in (1, 2, 1, 3):
        bar.advance_to(done)
        seen.append((shown.tasks[0].completed, shown.tasks[0].visible))
    assert seen == [(1, True), (2, True), (2, True), (3, False)]
