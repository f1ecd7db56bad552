"""The server of both sites: granian over WSGI, by processes, without a log of who asks for what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from kuule.web.listening import lines

_OTHER_FILES = 256
_HEADER_SECONDS = 20
_LARGEST_HEADERS = 64 * 1024
_STOP_SECONDS = 10


def quiet_server(application: str, host: str, port: int, *, workers: int, threads: int, most_lines: int) -> Any:
    """A granian server of a WSGI application, "module:attribute", with so many threads and open lines a worker."""
    return Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backpressure=lines(most_lines, threads + _OTHER_FILES),
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADER_SECONDS * 1000,
            max_buffer_size=_LARGEST_HEADERS,
        ),
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=_STOP_SECONDS,
    )


@contextmanager
def told_to_workers(options: str, text: str, master: str) -> Iterator[None]:
    """While it serves, workers find `text` in the environment variable `options`, and this process in `master`."""
    os.environ |= {options: text, master: str(os.getpid())}
    try:
        yield
    finally:
        for name in (options, master):
            os.environ.pop(name, None)
