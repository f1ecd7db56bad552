"""The collector as a running server: granian over WSGI, by processes, in the foreground until SIGINT or SIGTERM."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from kuule.collector.options import VARIABLE, ServeOptions
from kuule.collector.site import start_site
from kuule.errors import KuuleError, Problem, StoreError
from kuule.store.database import prepare
from kuule.store.rewriting import keep_rewriting, rewrite

__all__ = ["ServeOptions", "check_serve", "serve"]

_THREADS = 8
"""Threads of a worker: sealing holds the interpreter lock, so more only queue; they bridge a slow disk."""
_BACKPRESSURE = 256
_HEADER_SECONDS = 20
_LARGEST_HEADERS = 64 * 1024
_STOP_SECONDS = 10
_LOWEST_PORT, _HIGHEST_PORT = 1, 65_535


def serve(options: ServeOptions, ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way and return. `ready` is called once it listens.

    Raises KuuleError before anything listens: SERVE_001 to SERVE_009 (what may not be served), SERVE_010 (the address
    or the port), and what the editions, the token secret or the store say.
    """
    check_serve(options)
    os.environ[VARIABLE] = options.to_text()
    server = Granian(
        "kuule.collector.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=options.workers,
        blocking_threads=_THREADS,
        backpressure=_BACKPRESSURE,
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
    if ready is not None:
        server.on_startup(ready)
    try:
        with _kept_rewritten():
            server.serve()
    finally:
        os.environ.pop(VARIABLE, None)


def check_serve(options: ServeOptions) -> None:
    """All that can be known before listening; makes the database's tables. Raises KuuleError as `serve` does."""
    _check_address(options.host, options.port)
    start_site(options)
    prepare()


@contextmanager
def _kept_rewritten() -> Iterator[None]:
    """Rewrite the store at the start, weekly and at the end, so that its file keeps no order (`store.rewriting`)."""
    _rewrite()
    stopped = threading.Event()
    weekly = threading.Thread(
        target=keep_rewriting,
        kwargs={"clock": time.monotonic, "wait": stopped.wait, "unable": _tell},
        daemon=True,
    )
    weekly.start()
    try:
        yield
    finally:
        stopped.set()
        weekly.join()
        _rewrite()


def _rewrite() -> None:
    """Once, and never at the cost of the service."""
    try:
        rewrite()
    except StoreError as error:
        _tell(error)
    finally:
        # Connections are not to be shared with the workers, which are forked from this process.
        connections.close_all()


def _tell(error: StoreError) -> None:
    for problem in error.problems:
        sys.stderr.write(f"the store was not rewritten: {problem}\n")
    sys.stderr.flush()


def _check_address(host: str, port: int) -> None:
    """Whether this address can be listened at now, in words."""
    if not _LOWEST_PORT <= port <= _HIGHEST_PORT:
        raise _address(host, port, "a port is a number from 1 to 65535", "give one, for example --port 8000")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        remedy = "give 127.0.0.1, or an address of this machine"
        raise _address(host, port, "no such host is known here", remedy) from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise _taken(host, port, error) from None


def _taken(host: str, port: int, error: OSError) -> KuuleError:
    if error.errno == errno.EADDRINUSE:
        return _address(host, port, "another program listens there", "stop it, or give another port with --port")
    if error.errno == errno.EACCES:
        return _address(host, port, "this user may not listen there", "give a port from 1024 up with --port")
    if error.errno == errno.EADDRNOTAVAIL:
        return _address(host, port, "this machine does not have that address", "give 127.0.0.1, or one of its own")
    cause = f"it cannot be listened at ({os.strerror(error.errno or 0).lower()})"
    return _address(host, port, cause, "give another address or port")


def _address(host: str, port: int, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_010", f"{host}:{port}", cause, remedy))
