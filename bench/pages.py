"""Pages over HTTP on this machine: the collector with two workers, and a client on the same cores."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.memory import megabytes_of_workers
from bench.questionnaires import SETTINGS, page_study_form
from kuule.cli.child import collector
from kuule.opening.keys import PrivateKey
from kuule.rehearsal.browsing import Browser, Seen
from kuule.study.freeze import freeze

Row = tuple[str, str]
WORKERS = 2
CHOICES = 16 * 6
_CONNECTIONS = 4
_MOST = 1 << 18
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Load:
    """How many answers came, how large the last one was, and in how many seconds."""

    pages: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.pages / self.seconds:.0f} pages/s ({self.bytes} bytes each)"


def measure(seconds: float = 6.0) -> list[Row]:
    """Rows of the table: a page of 16 questions with six choices each, as the answer to a posted page."""
    with TemporaryDirectory() as folder, _served(Path(folder)) as port:
        with Browser(f"http://127.0.0.1:{port}") as browser:
            posted = _before_the_page(browser)
        idle = megabytes_of_workers(os.getpid())
        page = _load(port, "POST", posted, seconds)
        first = _load(port, "GET", b"", seconds / 2)
        busy = megabytes_of_workers(os.getpid())
    return [
        ("page of 16 questions, six choices each", str(page)),
        ("welcome page", str(first)),
        ("workers and connections", f"{WORKERS} and {_CONNECTIONS}, the client on the same cores"),
        ("memory of each worker before", ", ".join(f"{one:.0f} MiB" for one in idle)),
        ("memory of each worker after", ", ".join(f"{one:.0f} MiB" for one in busy)),
    ]


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """The port of a collector that serves the page's study with a practice key."""
    study = folder / "study"
    study.mkdir()
    for name, text in (("form.md", page_study_form()), ("study.toml", SETTINGS), ("report.md", "# {{ title }}\n")):
        (study / name).write_text(text, "utf-8")
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    freeze(study, key.public, folder / "edition", drafts=True)
    port = _free_port()
    database = f"sqlite:///{folder / 'kept.sqlite3'}"
    options = [str(folder / "edition"), "--port", str(port), "--database", database, "--workers", str(WORKERS)]
    with collector([*options, "--rehearsal", "--drafts"], port, folder / "talk.txt"):
        yield port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _before_the_page(browser: Browser) -> bytes:
    """What a person posts to come to the page of 16 questions: consent and age behind them."""
    seen, fields = browser.get("/en"), []
    for answer in ("", "yes", "yes"):
        fields = _fields(seen, answer)
        seen = browser.post("/en", fields)
    if len(seen.document.xpath("//input[@type='radio']")) < CHOICES:
        raise ValueError(f"the page of 16 questions was expected, and there is {seen.words!r}")
    return urlencode(fields).encode("ascii")


def _fields(seen: Seen, answer: str) -> list[tuple[str, str]]:
    form = next(form for form in seen.document.forms if form.get("method") == "post")
    fields = [(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden']")]
    fields += [(one.get("name"), answer) for one in form.xpath(f".//input[@type='radio'][@value='{answer}']")]
    return [*fields, ("go", "next")]


# The client ------------------------------------------------------------------------------------------------------


def _load(port: int, method: str, body: bytes, seconds: float) -> _Load:
    """Ask for the page over kept connections, each again as soon as it is answered."""
    head = f"{method} /en HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
    if body:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    request = f"{head}\r\n".encode("ascii") + body
    counts: list[tuple[int, int]] = []
    began = time.monotonic()
    until = began + seconds
    threads = [
        threading.Thread(target=lambda: counts.append(_ask(port, request, until)), daemon=True)
        for _ in range(_CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 10)
    return _Load(sum(count for count, _ in counts), max(size for _, size in counts), time.monotonic() - began)


def _ask(port: int, request: bytes, until: float) -> tuple[int, int]:
    """(answers, bytes of the last) of one connection."""
    count = size = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < until:
            connection.sendall(request)
            size = _read_answer(connection)
            count += 1
    return count, size


def _read_answer(connection: socket.socket) -> int:
    """The bytes of one answer, head and all, of known length or in chunks; ValueError for anything but 200."""
    got = connection.recv(_MOST)
    while b"\r\n\r\n" not in got:
        got += connection.recv(_MOST)
    head, _, body = got.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"no page: {head[:200]!r}")
    length = _LENGTH.search(head)
    while not _is_whole(body, length):
        body += connection.recv(_MOST)
    return len(head) + len(body)


def _is_whole(body: bytes, length: re.Match[bytes] | None) -> bool:
    return body.endswith(b"\r\n0\r\n\r\n") if length is None else len(body) >= int(length.group(1))
