"""The server of both sites: granian over WSGI, with worker processes and without an access log."""

from __future__ import annotations

import os
import queue
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined] # it comes from the compiled part

from kuule.web.listen_address import BACKLOG, reserve_connections
from kuule.web.listening_sockets import close_sockets

_holder: Any = SocketHolder
"""Granian's holder of a socket, made from a file number, whether it is a Unix socket, and the backlog. It has no
types."""
_OTHER_FILES = 256
_HEADER_SECONDS = 20
_LARGEST_HEADERS = 64 * 1024
_STOP_SECONDS = 10
_LOOK_SECONDS = 1.0
"""Seconds after which the master looks by itself whether it was told to stop."""


class _MasterEvent:
    """What granian's master waits for, in place of its `threading.Event`, with which a server that is told to stop may
    wait for ever: Python handles a signal in the main thread only, and the system may deliver it to another one, by
    which the main one is not woken; and a signal that arrives between the end of a wait and `clear` is forgotten.

    `wait` returns after a second at the latest, and granian's loop then looks at everything anew. `set` may be called
    by the handler of a signal at any moment, as `SimpleQueue.put` may.
    """

    def __init__(self) -> None:
        self._happened: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.looks = 0

    def set(self) -> None:
        """Let `wait` return."""
        self._happened.put(None)

    def clear(self) -> None:
        """Granian says so once it saw what happened. Nothing is forgotten here: `wait` takes each event once."""

    def wait(self) -> None:
        """Return at the next event, or after a second."""
        self.looks += 1
        with suppress(queue.Empty):
            self._happened.get(timeout=_LOOK_SECONDS)


class _Server(Granian):  # type: ignore[misc, valid-type] # it is what granian takes for this interpreter
    """A server whose workers listen on sockets that were opened before the workers started, each on a socket of its
    own.

    Granian itself opens a socket in each worker, or one for all. That it accepts others is not documented; a test shows
    it.
    """

    sockets: Sequence[socket.socket] = ()

    def _init_shared_socket(self) -> None:
        self._ssp: Any = None
        self._shd: Any = None
        self._sso: Any = None

    def _spawn_worker(self, idx: int, *rest: Any, **named: Any) -> Any:
        self._sso = self.sockets[idx % len(self.sockets)]
        self._shd = _holder(self._sso.fileno(), self._sso.family == socket.AF_UNIX, BACKLOG)
        return super()._spawn_worker(idx, *rest, **named)

    def _drop_shared_socket(self) -> None:
        close_sockets(self.sockets)


def build_server(
    application: str, sockets: Sequence[socket.socket], *, workers: int, threads: int, max_connections: int
) -> Any:
    """A granian server for the WSGI application "module:attribute", with this many threads and connections for each
    worker.

    It listens on open sockets and closes them when it stops.
    """
    server = _Server(
        application,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backpressure=reserve_connections(max_connections, threads + _OTHER_FILES),
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
    server.sockets = sockets
    server.main_loop_interrupt = _MasterEvent()
    return server


def looks_of(server: Any) -> int:
    """How often the master's loop has looked so far whether anything happened. It grows while the master is alive."""
    return int(server.main_loop_interrupt.looks)


@contextmanager
def worker_environment(options: str, text: str, master: str) -> Iterator[None]:
    """In the block, workers find `text` in the environment variable `options`, and the id of this process in
    `master`."""
    os.environ |= {options: text, master: str(os.getpid())}
    try:
        yield
    finally:
        for name in (options, master):
            os.environ.pop(name, None)
