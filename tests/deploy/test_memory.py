"""The units' memory settings, with a collector and nginx before it: memory that is given back is overwritten.

All that holds a form in clear on this machine is read, nginx's processes and the collector's: as only root
can (their own user cannot). The tests show that without the settings the same search finds the text.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.rehearsal.browser import Browser
from kuule.rehearsal.html_form import ControlKind, HtmlControl, read_form
from kuule.sealing.memory_scrubbing import ALLOCATOR_VARIABLES
from tests.collector.server.servers import CODE, wait_for
from tests.deploy.nginx_for_tests import (
    NAME,
    Nginx,
    end,
    needs_nginx,
    running_nginx,
    settings_of,
)
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.study.small_study import make_edition

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux reads another process's memory"
    ),
]
UNIT = "kuule-collector.service"
VISITS = 6
MOST_PAGES = 20
A_MOMENT = 0.5
"""Seconds after which nothing is left."""


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
        process.wait(PATIENCE)


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


def visit(browser: Browser, text: str, *, send: bool = True) -> None:
    """One visit: the gates, a text in one's own words; to its end, or left on the page after that text."""
    browser.get("/en")
    seen = browser.post("/en", [("go", "next")])
    for _ in range(MOST_PAGES):
        form = read_form(seen.document, "/en")
        assert form is not None
        go = "send" if "send" in form.go_values() else "next"
        fields = [(one.name, said) for one in form.controls if (said := answer(one, text)) is not None]
        seen = browser.post("/en", [*fields, ("go", go)])
        assert seen.status == 200
        if go == "send":
            assert seen.heading == "Thank you"
            return
        if not send and text in dict(fields).values():
            return
    raise AssertionError("no end after so many pages")


def answer(control: HtmlControl, text: str) -> str | None:
    if control.kind is ControlKind.HIDDEN:
        return control.chosen[0]
    name = control.name.rpartition("/")[2]
    return {"consent": "yes", "adult": "yes", "wish": text}.get(name)


def words() -> tuple[str, bytes]:
    """A text to type, and the part of it that is the same however it travels (a form writes a space otherwise)."""
    mark = f"Zq{os.urandom(9).hex()}"
    return f"{mark} and more words", mark.encode()


def left(port: int, processes: list[int]) -> int:
    """Copies of what was typed in a few visits, all told, each looked for a moment after it was sent."""
    found = 0
    for _ in range(VISITS):
        text, mark = words()
        with Browser(f"http://127.0.0.1:{port}") as browser:
            visit(browser, text)
        time.sleep(A_MOMENT)
        found += copies(processes, mark)
    return found


def test_text_that_was_typed_is_overwritten_when_its_memory_is_given_back(tmp_path: Path) -> None:
    make_edition(tmp_path)
    with collecting(tmp_path, {}) as (port, processes):
        without = left(port, processes)
    with collecting(tmp_path, settings_of(UNIT)) as (port, processes):
        scrubbed = left(port, processes)
    assert without > VISITS
    assert scrubbed == 0


Way = Callable[[Nginx, str, Callable[[], int]], int]
"""How a visit with a text goes and ends; it looks for the text when it has."""


class Line(http.client.HTTPConnection):
    """A closed line to nginx, as browsers have it; opened anew where it was let go."""

    def __init__(self, nginx: Nginx) -> None:
        super().__init__(NAME)
        self.nginx = nginx

    def connect(self) -> None:
        self.sock = self.nginx.connect()


@contextmanager
def browsing(nginx: Nginx) -> Iterator[Browser]:
    with Browser(f"http://127.0.0.1:{nginx.plain}") as browser:
        browser.connection = Line(nginx)
        yield browser


def sent(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    with browsing(nginx) as browser:
        visit(browser, text)
    return look()


def left_unsent(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    with browsing(nginx) as browser:
        visit(browser, text, send=False)
    return look()


def left_long(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    return left_unsent(nginx, " ".join([text] * 40), look)


def still_there(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    with browsing(nginx) as browser:
        visit(browser, text, send=False)
        return look()


def broken_off(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    with nginx.connect() as line:
        line.sendall(f"POST /en HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9000\r\n\r\nwish={text}".encode())
        time.sleep(A_MOMENT)
    return look()


def too_large(nginx: Nginx, text: str, look: Callable[[], int]) -> int:
    with nginx.connect() as line:
        line.sendall(f"POST /en HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9000000\r\n\r\nwish={text}".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")
    return look()


WAYS = (sent, left_unsent, left_long, still_there, broken_off, too_large)


def found_by_way(nginx: Nginx, processes: list[int], ways: tuple[Way, ...] = WAYS) -> dict[str, int]:
    """Copies of a text in the memory of all that holds forms, by how its visit ended."""

    def once(way: Way) -> int:
        text, mark = words()

        def look() -> int:
            time.sleep(A_MOMENT)
            return copies([*nginx.processes(), *processes], mark)

        return way(nginx, text, look)

    return {way.__name__: once(way) for way in ways}


NOTHING = {way.__name__: 0 for way in WAYS}


@needs_nginx
def test_text_stays_neither_in_nginx_nor_behind_it_however_the_visit_ends(tmp_path: Path) -> None:
    make_edition(tmp_path)
    with collecting(tmp_path, settings_of(UNIT)) as (port, processes):
        with running_nginx(port, environment={"GLIBC_TUNABLES": ""}) as nginx:
            assert found_by_way(nginx, processes, (left_unsent,))["left_unsent"] > 0, "the search would not see it"
        with running_nginx(port) as nginx:
            assert found_by_way(nginx, processes) == NOTHING
            replace_program(nginx)
            assert found_by_way(nginx, processes) == NOTHING


def replace_program(nginx: Nginx) -> None:
    """What an update of the distribution does while nginx runs: another master, started by the old one."""
    old = nginx.master
    os.kill(old, signal.SIGUSR2)
    wait_until(lambda: (nginx.folder / "pid.oldbin").exists() and (nginx.folder / "pid").exists())
    end(old, signal.SIGQUIT)
    assert nginx.master != old


def test_units_have_the_settings_that_the_command_gives_itself() -> None:
    ours = dict(part.split("=") for part in ALLOCATOR_VARIABLES["GLIBC_TUNABLES"].split(":"))
    for front in ("nginx.service.d/kuule.conf", "tor@default.service.d/kuule.conf"):
        theirs = dict(part.split("=") for part in settings_of(front)["GLIBC_TUNABLES"].split(":"))
        assert theirs.items() <= ours.items()
        assert ours.keys() - theirs.keys() == {"glibc.malloc.arena_max"}  # of threads of Python's


def test_unit_has_the_settings_that_the_command_gives_itself() -> None:
    assert ALLOCATOR_VARIABLES.items() <= settings_of(UNIT).items()
