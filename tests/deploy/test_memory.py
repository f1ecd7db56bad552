"""The unit's memory settings, with a collector: what was typed is overwritten when its memory is given back.

Read from outside as only root can (the collector's processes cannot be read by their own user). The test shows that
without the settings the same search finds the text, so that it would see it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kuule.collector.offer.options import ServeOptions
from kuule.rehearsal.browsing import Browser
from kuule.rehearsal.controls import Control, Kind, read_form
from kuule.sealing.scrubbing import VARIABLES
from tests.collector.running.servers import CODE, SECONDS, wait_for
from tests.deploy.nginx_for_tests import free_port
from tests.study.small_study import make_edition

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux reads another process's memory"
    ),
]
UNIT = Path(__file__).resolve().parents[2] / "deploy" / "systemd" / "kuule-collector.service"
VISITS = 6
MOST_PAGES = 20
A_MOMENT = 0.5
"""Seconds after which nothing is left."""


def settings_of_the_unit() -> dict[str, str]:
    lines = re.findall(r"^Environment=(.*)$", UNIT.read_text("utf-8"), flags=re.MULTILINE)
    return dict(part.split("=", 1) for line in lines for part in shlex.split(line))


@contextmanager
def collecting(folder: Path, environment: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    """A collector with one worker: its port, and its processes."""
    wanted = ServeOptions(
        (folder / "edition",), f"sqlite:///{folder / 'kept.sqlite3'}", port=free_port(), workers=1, rehearsal=True,
        drafts=True,
    )  # fmt: skip
    said = folder / "said"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, wanted.to_text()], stdout=output, stderr=output, env=os.environ | environment
        )
    try:
        wait_for(wanted.port, process, said)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        yield wanted.port, [process.pid, *map(int, children)]
    finally:
        process.terminate()
        process.wait(SECONDS)


def copies(processes: list[int], text: bytes) -> int:
    """How often a text stands in the memory of these processes."""
    found = 0
    for process in processes:
        with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
            for line in Path(f"/proc/{process}/maps").read_text("utf-8").splitlines():
                place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
                if place is not None:
                    begin, end = (int(number, 16) for number in place.groups())
                    try:
                        memory.seek(begin)
                        found += memory.read(end - begin).count(text)
                    except OSError:  # reserved, and not there
                        continue
    return found


def visit(port: int, text: str) -> None:
    """One visit to its end: the gates, a text in one's own words, sent."""
    with Browser(f"http://127.0.0.1:{port}") as browser:
        browser.get("/en")
        seen = browser.post("/en", [("go", "next")])
        for _ in range(MOST_PAGES):
            form = read_form(seen.document, "/en")
            assert form is not None
            go = "send" if "send" in form.moves() else "next"
            fields = [(one.name, said) for one in form.controls if (said := answer(one, text)) is not None]
            seen = browser.post("/en", [*fields, ("go", go)])
            assert seen.status == 200
            if go == "send":
                assert seen.words == "Thank you"
                return
    raise AssertionError("no end after so many pages")


def answer(control: Control, text: str) -> str | None:
    if control.kind is Kind.HIDDEN:
        return control.chosen[0]
    name = control.name.rpartition("/")[2]
    return {"consent": "yes", "adult": "yes", "wish": text}.get(name)


def left(port: int, processes: list[int]) -> int:
    """Copies of what was typed in a few visits, all told, each looked for a moment after it was sent."""
    found = 0
    for _ in range(VISITS):
        text = f"Zq{os.urandom(9).hex()} and more words"
        visit(port, text)
        time.sleep(A_MOMENT)
        found += copies(processes, text.encode())
    return found


def test_text_that_was_typed_is_overwritten_when_its_memory_is_given_back(tmp_path: Path) -> None:
    make_edition(tmp_path)
    with collecting(tmp_path, {}) as (port, processes):
        without = left(port, processes)
    with collecting(tmp_path, settings_of_the_unit()) as (port, processes):
        scrubbed = left(port, processes)
    assert without > VISITS
    assert scrubbed == 0


def test_unit_has_the_settings_that_the_command_gives_itself() -> None:
    assert VARIABLES.items() <= settings_of_the_unit().items()
