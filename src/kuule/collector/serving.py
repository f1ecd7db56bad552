"""The collector as a running server: granian over WSGI, by processes, in the foreground until SIGINT or SIGTERM."""

from __future__ import annotations

import errno
import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from kuule.collector.conditions import check_conditions, check_undumped
from kuule.collector.editions import Editions
from kuule.collector.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.site import let_go, start_site
from kuule.errors import KuuleError, Problem, StoreError
from kuule.sealing.memory import keep_out_of_dumps
from kuule.sealing.scrubbing import is_in_force
from kuule.store.database import close_lines, place, prepare
from kuule.store.responses import key_ids
from kuule.store.rewriting import check_is_forgotten, keep_rewriting, rewrite

__all__ = ["ServeOptions", "check_serve", "serve"]

_NOT_SCRUBBED = (
    "memory that is given back is not overwritten: traces of what people type may stay in it until this server is"
    " started again, and the page on what is kept says so; on Linux with glibc, start it without --no-scrub-memory"
)
_THREADS = 512
"""Threads of a worker. One waits as long as a body is under way, and slow lines are many (phones, Tor); one that waits
costs next to nothing and holds no lock. Granian has no time-out for bodies; a proxy in front has."""
_MOST_LINES = 4096
"""Lines that a worker holds open, those included on which a browser asks for nothing just now; more wait unseen in the
system's queue. Granian counts idle lines too, so that a few hundred browsers once kept everyone else out."""
_OTHER_FILES = 256
_LEAST_LINES = 64
_HEADER_SECONDS = 20
_LARGEST_HEADERS = 64 * 1024
_STOP_SECONDS = 10
_LOWEST_PORT, _HIGHEST_PORT = 1, 65_535


def serve(options: ServeOptions, ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way and return. `ready` is called once it listens.

    Raises KuuleError before anything listens: SERVE_001 to SERVE_009 (what may not be served), SERVE_010 (the address
    or the port), SERVE_011 (an open line), SERVE_012 (answers to another key), SERVE_013 to SERVE_019 (what would break
    the promise), and what the editions, the secret or the store say.
    """
    for sentence in keep_out_of_dumps():
        _say(f"this process cannot be kept out of every file: {sentence}")
    if not is_in_force():
        _say(_NOT_SCRUBBED)
    check_undumped()
    check_serve(options)
    let_go()
    os.environ |= {VARIABLE: options.to_text(), MASTER: str(os.getpid())}
    server = Granian(
        "kuule.collector.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=options.workers,
        blocking_threads=_THREADS,
        backpressure=_lines(),
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
        for name in (VARIABLE, MASTER):
            os.environ.pop(name, None)


def check_serve(options: ServeOptions) -> None:
    """All that can be known before listening; makes the database's tables. Raises KuuleError as `serve` does."""
    _check_address(options.host, options.port)
    _check_line(options)
    site = start_site(options)
    prepare()
    check_conditions(options)
    if not options.rehearsal:
        _check_rewriting()
    if site.open is not None:
        _check_database(site.open.editions)


def _check_rewriting() -> None:
    """Whether a rewriting takes away all that tells order and time, as pages promise."""
    try:
        check_is_forgotten()
    finally:
        close_lines()


def _check_database(editions: Editions) -> None:
    """Whether all that is kept is of these editions' keys: practice and real answers never share a file."""
    try:
        foreign = key_ids() - {offer.edition.key.key_id for offer in editions.offers}
    finally:
        close_lines()
    if foreign:
        cause = f"it holds answers that were sealed to another key ({', '.join(sorted(map(bytes.hex, foreign)))})"
        remedy = "give another --database, or name the edition with that key as well, before this one"
        raise KuuleError(Problem("SERVE_012", place(), cause, remedy))


@contextmanager
def _kept_rewritten() -> Iterator[None]:
    """Rewrite the store at the start, daily and at the end, so that its file keeps no order (`store.rewriting`)."""
    _rewrite()
    stopped = threading.Event()
    daily = threading.Thread(
        target=keep_rewriting,
        kwargs={"clock": time.monotonic, "wait": stopped.wait, "unable": _tell},
        daemon=True,
    )
    daily.start()
    try:
        yield
    finally:
        stopped.set()
        daily.join()
        _rewrite()


def _rewrite() -> None:
    """Once, and never at the cost of the service."""
    try:
        left = rewrite()
        if left:
            _tell(StoreError(*left))
    except StoreError as error:
        _tell(error)
    finally:
        # Connections are not to be shared with the workers, which are forked from this process.
        close_lines()


def _tell(error: StoreError) -> None:
    for problem in error.problems:
        done = "was" if problem.code == "STORE_024" else "was not"
        _say(f"the store {done} rewritten: {problem}")


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _lines() -> int:
    """How many lines a worker may hold open: each is a file, of which the system gives a process so many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_LINES + _THREADS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):  # a filter of system calls may not let us: then there are fewer lines
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    return _MOST_LINES if soft == resource.RLIM_INFINITY else max(_LEAST_LINES, soft - _THREADS - _OTHER_FILES)


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


def _check_line(options: ServeOptions) -> None:
    """It speaks plain HTTP: beyond this machine only where the operator says that the line before it is closed."""
    if options.behind_tls or _is_loopback(options.host, options.port):
        return
    cause = "other machines could reach it over plain HTTP, which whoever runs the network can read"
    remedy = "listen on 127.0.0.1 behind TLS or an onion service; if that stands on another machine, add --behind-tls"
    raise KuuleError(Problem("SERVE_011", f"{options.host}:{options.port}", cause, remedy))


def _is_loopback(host: str, port: int) -> bool:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return all(ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


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
