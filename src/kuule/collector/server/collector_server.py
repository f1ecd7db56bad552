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

from kuule.collector.http.collector_site import forget_site, start_site
from kuule.collector.served.serve_options import MASTER_VARIABLE, OPTIONS_VARIABLE, ServeOptions
from kuule.collector.served.served_editions import ServedEditions
from kuule.collector.server.machine_conditions import check_conditions, check_no_core_dumps
from kuule.collector.server.rewrite_status import RewriteStatus
from kuule.collector.server.worker_readiness import WorkerReadiness
from kuule.core.problems import KuuleError, Problem, StoreError
from kuule.sealing.memory_protection import protect_process_memory
from kuule.sealing.memory_scrubbing import is_scrubbing_active
from kuule.store.database import close_connections, database_name, prepare_store
from kuule.store.location.identity import expect_store, read_identity
from kuule.store.rewriting import check_log_is_reached, fork_lock, rewrite_daily, rewrite_store
from kuule.store.rows.responses import read_key_ids
from kuule.web.listen_address import check_address, check_only_local
from kuule.web.listening_sockets import close_sockets, inherited_sockets, own_sockets, store_sockets
from kuule.web.worker_process import READY_SIGNAL
from kuule.web.wsgi_server import build_server, worker_environment

__all__ = ["ServeOptions", "check_can_serve", "serve"]

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
    for sentence in memory_warnings(options):
        _say(sentence)
    check_no_core_dumps()
    with _open_sockets(options) as held:
        checked = check_study_and_machine(options)
        for sentence in checked.messages:
            _say(sentence)
        options = replace(options, expected_store=checked.store)
        expect_store(options.expected_store)
        forget_site()
        return _serve(options, held, ready)


def _serve(options: ServeOptions, held: Sequence[socket], ready: Callable[[], None] | None) -> bool:
    server = build_server(
        "kuule.collector.server.wsgi:application",
        held,
        workers=options.workers,
        threads=_THREADS,
        most_lines=_MOST_LINES,
    )
    if ready is not None:
        server.on_startup(ready)
    loaded = WorkerReadiness(options.workers, clock=time.monotonic)
    signal.signal(READY_SIGNAL, loaded.count_worker)
    with (
        worker_environment(OPTIONS_VARIABLE, options.to_text(), MASTER_VARIABLE),
        _kept_rewritten(loaded) as rewritings,
    ):
        server.serve()
    return rewritings.last_succeeded


def memory_warnings(options: ServeOptions) -> Iterator[str]:
    """Why pages say that traces of what people type may stay, for who starts this server."""
    if not is_scrubbing_active():
        yield _NOT_SCRUBBED
    elif not (options.rehearsal or options.scrubbed_front):
        yield _FRONT_UNKNOWN


@dataclass(frozen=True, slots=True)
class StartChecks:
    """What was found before anything is answered: which store it is, and sentences for who starts the server, of
    languages that are shut and of words that are newer than an edition."""

    store: int
    messages: tuple[str, ...]


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


def check_can_serve(options: ServeOptions) -> StartChecks:
    """All that can be known before anything is answered. Raises KuuleError as `serve` does."""
    check_address(options.host, options.port)
    _check_line(options)
    return check_study_and_machine(options)


def _check_line(options: ServeOptions) -> None:
    if not options.behind_tls:
        check_only_local(options.host, options.port, remedy=_CLOSED_LINE)


def check_study_and_machine(options: ServeOptions) -> StartChecks:
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
    if site.conversation is None:
        return StartChecks(_identity(), ())
    _check_database(site.conversation.editions)
    return StartChecks(_identity(), tuple(_of_languages(site.conversation.editions)))


def _identity() -> int:
    """Which store it is."""
    try:
        return read_identity()
    finally:
        close_connections()


def _of_languages(editions: ServedEditions) -> Iterator[str]:
    """Each sentence once. Whether a language is open goes by the last edition, which is for new visits; an earlier one
    is asked of those alone that the last does not have."""
    last = editions.current.edition.languages
    shut = [answer for served in editions.editions[:-1] for answer in served.closed_languages if answer.tag not in last]
    said = [str(answer) for answer in (*editions.current.closed_languages, *shut)]
    for served in editions.editions:
        for tag, count in served.newer_text_counts.items():
            newer = f"{count} of Kuule's own words are newer than it and shown as they are shipped"
            said.append(f"edition {served.edition.short}, {tag}: {newer}; have them reviewed and freeze again")
    yield from dict.fromkeys(said)


def _check_rewriting() -> None:
    """Whether a rewriting takes away all that tells order and time, as pages promise."""
    try:
        check_log_is_reached()
    finally:
        close_connections()


def _check_database(editions: ServedEditions) -> None:
    """Whether all that is kept is of these editions' keys: practice and real answers never share a file."""
    try:
        foreign = read_key_ids() - {served.edition.key.key_id for served in editions.editions}
    finally:
        close_connections()
    if foreign:
        cause = f"it holds answers that were sealed to another key ({', '.join(sorted(map(bytes.hex, foreign)))})"
        remedy = "give another --database, or name the edition with that key as well, before this one"
        raise KuuleError(Problem("SERVE_012", database_name(), cause, remedy))


@contextmanager
def _kept_rewritten(loaded: WorkerReadiness) -> Iterator[RewriteStatus]:
    """Rewrite the store as soon as the workers are there, daily and at the end, so that its file keeps no order
    (`store.rewriting`). A worker that starts would wait for it, and with it those who come."""
    rewritings = RewriteStatus(clock=time.monotonic, say=_say)
    stopped = threading.Event()
    keeping = threading.Thread(target=_keep_rewritten, args=(rewritings, loaded, stopped), daemon=True)
    keeping.start()
    try:
        yield rewritings
    finally:
        stopped.set()
        keeping.join()
        _rewrite(rewritings)


def _keep_rewritten(rewritings: RewriteStatus, loaded: WorkerReadiness, stopped: threading.Event) -> None:
    while not loaded.are_all_ready():
        if stopped.wait(_LOOK_SECONDS):
            return
    _rewrite(rewritings)
    rewrite_daily(
        clock=time.monotonic,
        wait=stopped.wait,
        unable=rewritings.record_failure,
        done=rewritings.record_success,
        soon=not rewritings.last_succeeded,
    )


def _rewrite(rewritings: RewriteStatus) -> None:
    """Once, and never at the cost of the service."""
    with fork_lock:
        try:
            left = rewrite_store()
            rewritings.record_success()
            if left:
                rewritings.record_failure(StoreError(*left))
        except StoreError as error:
            rewritings.record_failure(error)
        finally:
            # Connections are not to be shared with a worker that takes another's place, forked from this process.
            close_connections()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
