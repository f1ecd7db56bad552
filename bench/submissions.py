"""Measures submissions alone: a record is sealed and stored durably, without a form around it.

This is the most that the store can do. `visits` measures what remains of it with a form.
"""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ports import free_port

from bench.memory import seconds_of_workers
from bench.serving import WORKERS
from bench.stores import stores
from bench.submission_site import SIZE, VARIABLE
from bench.yardstick import Figure
from kuule.store.database import configure, prepare_store

Row = tuple[str, str]
LINES = (16, 64)
_REQUEST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
_START_SECONDS = 60.0
_SERVER = (
    "import sys; from granian import Granian; from granian.constants import Interfaces\n"
    "Granian('bench.submission_site:application', port=int(sys.argv[1]), interface=Interfaces.WSGI,"
    " workers=int(sys.argv[2]), blocking_threads=64, backpressure=256, log_access=False, log_enabled=False).serve()"
)


def measure(seconds: float = 4.0) -> list[Row]:
    """Rows of the table: how many in a second, on each store."""
    rows = [("envelopes", f"{SIZE} bytes; {WORKERS} workers, the client on the same {os.cpu_count()} cores")]
    for name, served_from in stores():
        with served_from() as database:
            configure(database)
            prepare_store(new=True)
            with _site(database) as port:
                rows += [(f"{name}, {lines} lines", _load(port, lines, seconds)) for lines in LINES]
    return rows


@contextmanager
def _site(database: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-c", _SERVER, str(port), str(WORKERS)]
    server = subprocess.Popen(command, env={**os.environ, VARIABLE: database})  # noqa: S603 -- our own interpreter
    try:
        until = time.monotonic() + _START_SECONDS
        while not _listens(port):
            if time.monotonic() > until or server.poll() is not None:
                raise RuntimeError("the site did not start")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _load(port: int, lines: int, seconds: float) -> str:
    took: list[float] = []
    asked: dict[int, float] = {}
    failed = 0
    server = seconds_of_workers(os.getpid())
    with selectors.DefaultSelector() as waiting:  # like a person who sends again as soon as the answer has come
        for _ in range(lines):
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(line, selectors.EVENT_READ, line)
            line.sendall(_REQUEST)
        began = time.perf_counter()
        asked = dict.fromkeys((key.fd for key in waiting.get_map().values()), began)
        while (now := time.perf_counter()) < began + seconds:
            for key, _ in waiting.select(timeout=10):
                answer = key.data.recv(4096)
                failed += not answer.startswith(b"HTTP/1.1 200")
                took.append(time.perf_counter() - asked[key.fd])
                asked[key.fd] = time.perf_counter()
                key.data.sendall(_REQUEST)
        for key in list(waiting.get_map().values()):
            key.data.close()
    server = (seconds_of_workers(os.getpid()) - server) / len(took) * 1000
    took.sort()
    slowest = f"{took[len(took) // 2] * 1000:.0f}/{took[len(took) * 99 // 100] * 1000:.0f}/{took[-1] * 1000:.0f}"
    rate = len(took) / (now - began)
    words = f"{rate:.0f} a second, {failed} failed; {slowest} ms (50 %, 99 %, most); {server:.2f} ms of a core each"
    return Figure(words, server / 1000, "S")
