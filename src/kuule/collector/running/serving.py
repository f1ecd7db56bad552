"""The collector as a running server: granian over WSGI, by processes, in the foreground until SIGINT or SIGTERM."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from socket import socket

from kuule.collector.addresses.site import let_go, start_site
from kuule.collector.offer.editions import Editions
from kuule.collector.offer.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.running.conditions import check_conditions, check_undumped
from kuule.collector.running.loaded import Loaded
from kuule.collector.running.rewritings import Rewritings
from kuule.errors import KuuleError, Problem, StoreError
from kuule.sealing.memory import protect_process_memory
from kuule.sealing.scrubbing import is_scrubbing_active
from kuule.store.database import close_connections, database_name, prepare_store
from kuule.store.identity import expect_store, read_identity
from kuule.store.responses import read_key_ids
from kuule.store.rewriting import check_log_is_reached, fork_lock, rewrite_daily, rewrite_store
from kuule.web.listening import check_address, check_only_local
from kuule.web.server import build_server, worker_environment
from kuule.web.sockets import close_sockets, inherited_sockets, own_sockets, store_sockets
from kuule.web.worker import READY_SIGNAL

__all__ = ["ServeOptions", "check_serve", "serve"]

_NOT_SCRUBBED = (
    "memory that is given back is not overwritten: traces of what people type may stay in it until this server is"
    " started again, and the page on what is kept says so; on Linux with glibc, start it without --no-scrub-memory"
)
_FRONT_UNKNOWN = (
    "nobody has said that what stands before this server overwrites its memory too: the page on what is kept says that"
    " traces of what people type may stay; docs/how-to/serve.md shows what to do, then start with --scrubbed-front"
)
_THREADS = 512
"""Threads of a worker. One waits as long as a body is under way, and slow lines are many (phones, Tor); one that waits
costs next to nothing and holds no lock. Granian has no time-out for bodies; a proxy in front has."""
_MOST_LINES = 4096
"""Lines that a worker holds open, those included on which a browser asks for nothing just now; more wait unseen in the
system's queue. Granian counts idle lines too, so that a few hundred browsers once kept everyone else out."""
_LOOK_SECONDS = 0.1
_CLOSED_LINE = "listen on 127.0.0.1 behind TLS or an onion service; if that stands on another machine, add --behind-tls"


def serve(options: ServeOptions, ready: Callable[[], None] | None = None) -> bool:
    """Serve until SIGINT or SIGTERM, then finish what is under way and return: False where the store could not be
    rewritten at the end, and so tells more than pages say. `ready` is called once it listens.

    Raises KuuleError before anything is answered: SERVE_001 to SERVE_007 (what may not be served), SERVE_010 (the
    address or the port), SERVE_011 (an open line), SERVE_012 (answers to another key), SERVE_013 to SERVE_019 (what
    would break the promise), SERVE_020 (sockets of a service manager), and what the editions, the secret or the store
    say.
    """
    for sentence in protect_process_memory():
        _say(f"this process cannot be kept out of every file: {sentence}")
    for sentence in memory_notes(options):
        _say(sentence)
    check_undumped()
    with _open_sockets(options) as held:
        checked = check_offer(options)
        for sentence in checked.said:
            _say(sentence)
        options = replace(options, store=checked.store)
        expect_store(options.store)
        let_go()
        return _serve(options, held, ready)


def _serve(options: ServeOptions, held: Sequence[socket], ready: Callable[[], None] | None) -> bool:
    server = build_server(
        "kuule.collector.running.wsgi:application",
        held,
        workers=options.workers,
        threads=_THREADS,
        most_lines=_MOST_LINES,
    )
    if ready is not None:
        server.on_startup(ready)
    loaded = Loaded(options.workers, clock=time.monotonic)
    signal.signal(READY_SIGNAL, loaded.one_more)
    with worker_environment(VARIABLE, options.to_text(), MASTER), _kept_rewritten(loaded) as rewritings:
        server.serve()
    return rewritings.good


def memory_notes(options: ServeOptions) -> Iterator[str]:
    """Why pages say that traces of what people type may stay, for who starts this server."""
    if not is_scrubbing_active():
        yield _NOT_SCRUBBED
    elif not (options.rehearsal or options.scrubbed_front):
        yield _FRONT_UNKNOWN


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found before anything is answered: which store it is, and sentences for who starts the server, of
    languages that are shut and of words that are newer than an edition."""

    store: int
    said: tuple[str, ...]


@contextmanager
def _open_sockets(options: ServeOptions) -> Iterator[Sequence[socket]]:
    """Those of a service manager, else our own. From here on whoever comes waits for what is loaded, and is not
    refused; a start that fails closes connections of which nothing was read."""
    held = inherited_sockets(options.host, options.port, options.workers)
    if not held:
        check_address(options.host, options.port)
    _check_line(options)
    if not held:
        held = own_sockets(options.host, options.port, options.workers)
        store_sockets(held)
    try:
        yield held
    finally:
        close_sockets(held)


def check_serve(options: ServeOptions) -> Checked:
    """All that can be known before anything is answered. Raises KuuleError as `serve` does."""
    check_address(options.host, options.port)
    _check_line(options)
    return check_offer(options)


def _check_line(options: ServeOptions) -> None:
    if not options.behind_tls:
        check_only_local(options.host, options.port, remedy=_CLOSED_LINE)


def check_offer(options: ServeOptions) -> Checked:
    """Whether what is served, its place and this machine are as they have to be; brings the database's tables up, and
    for practice makes them.

    Raises KuuleError as `serve` does, but for the address and the line; STORE_025 where no store is there.
    """
    site = start_site(options)
    if prepare_store(new=options.rehearsal):
        _say(f"made a new database for practice answers: {database_name()}")
    check_conditions(options)
    if not options.rehearsal:
        _check_rewriting()
    if site.open is None:
        return Checked(_identity(), ())
    _check_database(site.open.editions)
    return Checked(_identity(), tuple(_of_languages(site.open.editions)))


def _identity() -> int:
    """Which store it is."""
    try:
        return read_identity()
    finally:
        close_connections()


def _of_languages(editions: Editions) -> Iterator[str]:
    """Each sentence once. Whether a language is open goes by the last edition, which is for new visits; an earlier one
    is asked of those alone that the last does not have."""
    last = editions.current.edition.languages
    shut = [answer for offer in editions.offers[:-1] for answer in offer.shut if answer.tag not in last]
    said = [str(answer) for answer in (*editions.current.shut, *shut)]
    for offer in editions.offers:
        for tag, count in offer.newer.items():
            newer = f"{count} of Kuule's own words are newer than it and shown as they are shipped"
            said.append(f"edition {offer.edition.short}, {tag}: {newer}; have them reviewed and freeze again")
    yield from dict.fromkeys(said)


def _check_rewriting() -> None:
    """Whether a rewriting takes away all that tells order and time, as pages promise."""
    try:
        check_log_is_reached()
    finally:
        close_connections()


def _check_database(editions: Editions) -> None:
    """Whether all that is kept is of these editions' keys: practice and real answers never share a file."""
    try:
        foreign = read_key_ids() - {offer.edition.key.key_id for offer in editions.offers}
    finally:
        close_connections()
    if foreign:
        cause = f"it holds answers that were sealed to another key ({', '.join(sorted(map(bytes.hex, foreign)))})"
        remedy = "give another --database, or name the edition with that key as well, before this one"
        raise KuuleError(Problem("SERVE_012", database_name(), cause, remedy))


@contextmanager
def _kept_rewritten(loaded: Loaded) -> Iterator[Rewritings]:
    """Rewrite the store as soon as the workers are there, daily and at the end, so that its file keeps no order
    (`store.rewriting`). A worker that starts would wait for it, and with it those who come."""
    rewritings = Rewritings(clock=time.monotonic, say=_say)
    stopped = threading.Event()
    keeping = threading.Thread(target=_keep_rewritten, args=(rewritings, loaded, stopped), daemon=True)
    keeping.start()
    try:
        yield rewritings
    finally:
        stopped.set()
        keeping.join()
        _rewrite(rewritings)


def _keep_rewritten(rewritings: Rewritings, loaded: Loaded, stopped: threading.Event) -> None:
    while not loaded.all_there():
        if stopped.wait(_LOOK_SECONDS):
            return
    _rewrite(rewritings)
    rewrite_daily(
        clock=time.monotonic,
        wait=stopped.wait,
        unable=rewritings.unable,
        done=rewritings.done,
        soon=not rewritings.good,
    )


def _rewrite(rewritings: Rewritings) -> None:
    """Once, and never at the cost of the service."""
    with fork_lock:
        try:
            left = rewrite_store()
            rewritings.done()
            if left:
                rewritings.unable(StoreError(*left))
        except StoreError as error:
            rewritings.unable(error)
        finally:
            # Connections are not to be shared with a worker that takes another's place, forked from this process.
            close_connections()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
