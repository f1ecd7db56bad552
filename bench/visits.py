"""Measures complete visits on this machine: all twelve pages of a path, with the sealed answers stored durably at the
end.

Nobody pauses to read: a number of people at the same time means that many connections, on each of which the next page
is requested as soon as the last one has come. Their first visits break off after different pages, so that not all of
them send at the same moment: whom a server answers in the order of coming would otherwise stay in step for ever. The
client is one loop in a separate process, and shares the cores with the server.
"""

from __future__ import annotations

import gzip
import os
import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.line import BROWSER, request_of
from bench.memory import seconds_of_workers
from bench.questionnaires import SETTINGS
from bench.serving import WORKERS, served, written
from bench.stores import stores
from bench.yardstick import Figure

Row = tuple[str, str]
PAGES = 12
REQUESTS = PAGES + 3
"""What a whole visit asks for: the welcome, the pages, the review, and the thanks."""
PEOPLE = (1, 16, 64)
_GATES = 2
_MOST = 1 << 18
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HIDDEN = re.compile(rb'<input type="hidden" name="(token|page)" value="([^"]*)">')
_FIELD = re.compile(rb'<input[^>]*type="radio"[^>]*name="([^"]*)"[^>]*value="(yes|c1) *"')
_WARM_UP = 1.0
"""Seconds at least. It lasts until nobody is in the visit that breaks off."""


def path_form(pages: int = PAGES) -> str:
    """Consent, age, then pages of two questions with six choices each, up to this many pages, then the review."""
    asked = []
    for page in range(pages - _GATES):
        asked.append(f"| | begin_group | page_{page} | | | | field-list |")
        asked += [f"| | select_one six | q{page}_{which} | How often is it {page}, {which}? | | | |" for which in "ab"]
        asked.append("| | end_group | | | | | |")
    rows = [
        "| survey |",
        "| | type | name | label | relevant | required | appearance |",
        "| | begin_group | start | Before you begin | | | |",
        "| | select_one yn | consent | Do you want to take part? | | yes | |",
        "| | select_one yn | adult | Are you 18 or older? | | yes | |",
        "| | end_group | | | | | |",
        "| | begin_group | about | About your days | | | |",
        *asked,
        "| | end_group | | | | | |",
    ]
    names = ("Never", "Once", "A few times", "Often", "Every day", "I prefer not to say")
    values = ("c1", "c2", "c3", "c4", "c5", "prefer_not_to_say")
    choices = [f"| | six | {value} | {name} |" for value, name in zip(values, names, strict=True)]
    choices += ["| | yn | yes | Yes |", "| | yn | no | No |"]
    return "\n".join([*rows, "| choices |", "| | list_name | name | label |", *choices]) + "\n"


def is_ready_to_send(page: bytes) -> bool:
    """Whether the page has the button "Send"."""
    return b'value="send ' in page


def answered(page: bytes) -> bytes:
    """The body of the form that is posted from a page: the first choice of each question, and the button that goes
    on."""
    fields = [b"%s=%s" % pair for pair in _HIDDEN.findall(page)]
    fields += [b"%s=%s" % (name.replace(b"/", b"%2F"), value) for name, value in _FIELD.findall(page)]
    return b"&".join([*fields, b"go=send" if is_ready_to_send(page) else b"go=next"])


@dataclass
class Load:
    """The outcome: the seconds until each page was there, the visits that ended with thanks, and those that did not."""

    seconds: float = 0.0
    visits: int = 0
    failed: int = 0
    pages: list[float] = field(default_factory=list)
    sendings: list[float] = field(default_factory=list)
    server: float = 0.0
    client: float = 0.0
    warmed_up: int = 0
    """How many requests were answered before that, to warm up."""

    @property
    def answered(self) -> int:
        """How many requests were answered."""
        return len(self.pages) + len(self.sendings)

    def of_a_visit(self, seconds: float) -> float:
        """What a whole visit takes of these seconds of a core, by the requests that were answered: visits that are
        under way at the end are paid for too, and to divide by those that ended told up to a quarter too much."""
        return seconds * REQUESTS / max(1, self.answered)

    def figure(self) -> Figure:
        """The rate in words, and how much of a core a visit takes."""
        server, client = (self.of_a_visit(spent) * 1000 for spent in (self.server, self.client))
        pages = len(self.pages) / self.seconds
        words = (
            f"{self.visits / self.seconds:.0f} visits/s ({pages:.0f} pages/s), {self.failed} failed;"
            f" a page {_percentiles(self.pages)}; sending {_percentiles(self.sendings)};"
            f" {server:.0f} ms of a core a visit, {client:.0f} more the client"
        )
        return Figure(words, server / 1000, "D")


def _percentiles(seconds: Sequence[float]) -> str:
    """The median, the 99th percentile and the slowest, in ms."""
    if not seconds:
        return "never"
    ordered = sorted(seconds)
    chosen = (ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100], ordered[-1])
    return "/".join(f"{one * 1000:.0f}" for one in chosen) + " ms (50 %, 99 %, most)"


class _Visitor:
    """One person after another on one connection: each answer becomes the next request. The first one leaves after
    `break_off` pages."""

    def __init__(self, port: int, break_off: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self.break_off = break_off
        """After how many pages the first visit breaks off; 0 once it has."""
        self.line = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = bytearray()
        self._whole = 0
        self._sending = False
        self._asked = 0.0

    def begin(self) -> None:
        self._ask("GET", b"")

    def took(self, more: bytes, load: Load) -> None:
        """Take the bytes that came. If the page is complete, count it and request the next one."""
        if not more:
            raise ConnectionError("the server closed a line")
        self._got += more
        if not self._whole:
            at = self._got.find(b"\r\n\r\n")
            if at < 0:
                return
            length = _LENGTH.search(self._got, 0, at + 2)
            self._whole = at + 4 + (int(length.group(1)) if length else 0)
        if len(self._got) < self._whole:
            return
        head, _, body = bytes(self._got).partition(b"\r\n\r\n")
        self._got.clear()
        self._whole = 0
        self._count(head, load)
        self._next(gzip.decompress(body) if b"gzip" in head.lower() else body, head, load)

    def _count(self, head: bytes, load: Load) -> None:
        took = time.perf_counter() - self._asked
        (load.sendings if self._sending else load.pages).append(took)
        if not head.startswith(b"HTTP/1.1 200"):
            load.failed += 1

    def _next(self, page: bytes, head: bytes, load: Load) -> None:
        if self._sending or not head.startswith(b"HTTP/1.1 200"):
            thanked = b"<h1>Thank you</h1>" in page
            load.visits += thanked
            load.failed += self._sending and not thanked
            self._sending = False
            self.break_off = 0
            self._ask("GET", b"")
            return
        if self.break_off == 1:
            self.break_off = 0
            self._ask("GET", b"")
            return
        self.break_off -= self.break_off > 0
        self._sending = is_ready_to_send(page)
        self._ask("POST", answered(page))

    def _ask(self, method: str, body: bytes) -> None:
        self._asked = time.perf_counter()
        self.line.sendall(request_of(self._host, method, "/en", body, BROWSER))


def load(port: int, people: int, seconds: float) -> Load:
    """Let this many people visit at the same time, for this long. What they do before that is only to warm up."""
    with selectors.DefaultSelector() as waiting:
        visitors = [_Visitor(port, number % PAGES) for number in range(people)]
        for visitor in visitors:
            visitor.begin()
            waiting.register(visitor.line, selectors.EVENT_READ, visitor)
        before = Load()
        _run(waiting, before, _WARM_UP)
        while any(visitor.break_off for visitor in visitors):
            _run(waiting, before, _WARM_UP)
        result = Load(warmed_up=before.answered)
        server, client = seconds_of_workers(os.getpid()), time.process_time()
        result.seconds = _run(waiting, result, seconds)
        result.server = seconds_of_workers(os.getpid()) - server
        result.client = time.process_time() - client
        for key in list(waiting.get_map().values()):
            key.data.line.close()
    return result


def _run(waiting: selectors.BaseSelector, result: Load, seconds: float) -> float:
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        for key, _ in waiting.select(timeout=10):
            visitor: _Visitor = key.data
            visitor.took(visitor.line.recv(_MOST), result)
    return time.monotonic() - began


def measure(seconds: float = 5.0) -> list[Row]:
    """Rows of the table: each store with one, sixteen and sixty-four people."""
    rows = [("workers", f"{WORKERS}, the client on the same {os.cpu_count()} cores")]
    for name, served_from in stores():
        with served_from() as database, _collector(database) as port:
            rows += [(f"{name}, {people} at once", load(port, people, seconds).figure()) for people in PEOPLE]
    return rows


@contextmanager
def _collector(database: str) -> Iterator[int]:
    with TemporaryDirectory() as folder:
        study = written(Path(folder) / "study", path_form(), SETTINGS)
        with served(study, Path(folder), database=database) as port:
            yield port
