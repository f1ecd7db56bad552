"""A collector that serves every control, and the way to its page of choices, for any browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kuule.usecases.demo.server_process import running_collector
from tests.collector import every_control
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.ports import free_port

CONTINUE = 'button[name="go"][value^="next"]:not(.first)'


@contextmanager
def every_control_served(folder: Path) -> Iterator[str]:
    """Its address, while it runs. Everything that is written stands below `folder`."""
    every_control.make(folder)
    port = free_port()
    arguments = [str(folder / "edition"), "--database", f"sqlite:///{folder / 'kept.sqlite3'}", "--port", str(port)]
    with running_collector([*arguments, "--rehearsal", "--drafts"], port, folder / "collector.txt"):
        yield f"http://127.0.0.1:{port}"


def at_choices(window: Chromium | Firefox, url: str) -> None:
    window.open(f"{url}/en")
    window.follow("button.button")
    window.click('input[value~="yes"]')
    for _ in range(4):
        window.follow(CONTINUE)
