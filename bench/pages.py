"""Measures pages over HTTP on this machine: the collector with two workers, and a client on the same cores.

The client is one loop over kept connections that reads into one buffer and parses nothing but the length: it takes a
twentieth of what the server takes, and reports that. There are many more connections than workers, because the system
spreads them at random: with four, one worker may get all of them while a core is idle.
"""

from __future__ import annotations

import os
import re
import selectors
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.line import BROWSER, request_of
from bench.memory import megabytes_of_workers, seconds_of_workers
from bench.questionnaires import SETTINGS, page_study_form
from bench.serving import WORKERS, served, written
from bench.yardstick import Figure
from kuule.rehearsal.browser import Browser, LoadedPage

Row = tuple[str, str]
CHOICES = 16 * 6
_CONNECTIONS = 16
_MOST = 1 << 18
_HEAD = 8 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Load:
    """How many answers came in how many seconds, how large the last one was, and how much of the cores they took."""

    pages: int
    bytes: int
    seconds: float
    server: float
    client: float

    def figure(self) -> Figure:
        """The rate in words, and how much of a core a page takes."""
        served, asked = (spent / self.pages * 1000 for spent in (self.server, self.client))
        spent = f"{served:.2f} ms of a core each, and {asked:.2f} the client"
        words = f"{self.pages / self.seconds:.0f} pages/s; {spent}; {self.bytes} bytes with their heads"
        return Figure(words, served / 1000, "D")


def measure(seconds: float = 6.0) -> list[Row]:
    """Rows of the table: a page of 16 questions with six choices each, in reply to a posted page."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        study = written(folder / "study", page_study_form(), SETTINGS)
        with served(study, folder) as port:
            with Browser(f"http://127.0.0.1:{port}") as browser:
                posted = _before_the_page(browser)
            idle = megabytes_of_workers(os.getpid())
            page = load(port, "POST", posted, seconds)
            uncompressed = load(port, "POST", posted, seconds / 2, says="Accept: text/html\r\n")
            first = load(port, "GET", b"", seconds / 2)
            busy = megabytes_of_workers(os.getpid())
    return [
        ("page of 16 questions, six choices each", page.figure()),
        ("  the same for a client that takes no gzip", uncompressed.figure()),
        ("welcome page", first.figure()),
        ("workers and connections", f"{WORKERS} and {_CONNECTIONS}, the client on the same cores"),
        ("memory of each worker before", ", ".join(f"{one:.0f} MiB" for one in idle)),
        ("memory of each worker after", ", ".join(f"{one:.0f} MiB" for one in busy)),
    ]


def _before_the_page(browser: Browser) -> bytes:
    """What a person posts to get to the page of 16 questions, after consent and age."""
    seen, fields = browser.get("/en"), []
    for answer in ("", "yes", "yes"):
        fields = _fields(seen, answer)
        seen = browser.post("/en", fields)
    if len(seen.document.xpath("//input[@type='radio']")) < CHOICES:
        raise ValueError(f"the page of 16 questions was expected, and there is {seen.heading!r}")
    return urlencode(fields).encode("ascii")


def _fields(seen: LoadedPage, answer: str) -> list[tuple[str, str]]:
    form = next(form for form in seen.document.forms if form.get("method") == "post")
    fields = [(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden']")]
    chosen = f".//input[@type='radio'][normalize-space(@value)='{answer}']"
    fields += [(one.get("name"), one.get("value")) for one in form.xpath(chosen)]
    return [*fields, ("go", "next")]


# The client ------------------------------------------------------------------------------------------------------


def load(port: int, method: str, body: bytes, seconds: float, says: str = BROWSER) -> Load:
    """Request the page over kept connections, on each of them again as soon as the answer has come."""
    request = request_of(f"127.0.0.1:{port}", method, "/en", body, says)
    buffer = bytearray(_MOST)
    with selectors.DefaultSelector() as waiting:
        for _ in range(_CONNECTIONS):
            line = socket.create_connection(("127.0.0.1", port), timeout=10)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(request)
            waiting.register(line, selectors.EVENT_READ, _Awaited())
        pages, size = 0, 0
        server, client = seconds_of_workers(os.getpid()), time.process_time()
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            for key, _ in waiting.select(timeout=10):
                ready, awaited = key.fileobj, key.data
                if not isinstance(ready, socket.socket):
                    raise TypeError("only sockets were registered")
                if awaited.took(ready.recv_into(buffer), buffer):
                    pages, size = pages + 1, awaited.size
                    awaited.size = awaited.left = 0
                    ready.sendall(request)
        took = time.monotonic() - began
        client, server = time.process_time() - client, seconds_of_workers(os.getpid()) - server
        for key in list(waiting.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
    return Load(pages, size, took, server, client)


@dataclass(slots=True)
class _Awaited:
    """The answer that a connection waits for: `size` is 0 until its header has come, `left` is how many bytes are
    missing."""

    size: int = 0
    left: int = 0

    def took(self, count: int, buffer: bytearray) -> bool:
        """Whether the answer is complete with the `count` bytes that came. Raises ValueError for any status but 200."""
        if not self.size:
            head, _, _ = bytes(buffer[: min(count, _HEAD)]).partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                raise ValueError(f"no page: {head[:200]!r}")
            self.size = self.left = len(head) + 4 + int(length.group(1))
        self.left -= count
        return self.left <= 0
