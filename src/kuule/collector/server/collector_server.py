"""The collector as a running server: granian over WSGI, in the foreground until SIGINT or SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from socket import socket

from kuule.collector.http.collector_site import CollectorSite, forget_site, start_site
from kuule.collector.served.public_addresses import texts_with_public_addresses
from kuule.collector.served.serve_options import MASTER_VARIABLE, OPTIONS_VARIABLE, ServeOptions
from kuule.collector.served.served_editions import ServedEditions
from kuule.collector.server.machine_conditions import check_conditions, check_no_core_dumps
from kuule.collector.server.open_sockets import check_can_listen, open_sockets
from kuule.collector.server.rewrite_record import rewrite_keeper
from kuule.collector.server.rewrite_status import RewriteStatus
from kuule.collector.server.worker_readiness import ServerStart, WorkerReadiness
from kuule.core.problems import KuuleError, Problem, StoreError
from kuule.sealing.memory_protection import protect_process_memory
from kuule.sealing.memory_scrubbing import is_scrubbing_active
from kuule.store.database import close_connections, database_name, prepare_store
from kuule.store.location.identity import expect_store, read_identity
from kuule.store.migration_state import read_migration_state
from kuule.store.rewriting import check_log_is_reached, fork_lock, rewrite_daily, rewrite_store
from kuule.store.rows.responses import read_key_ids
from kuule.store.rows.restored_store import check_settled
from kuule.store.rows.store_audience import claim_store_for
from kuule.study.edition.readiness import closed_lines
from kuule.web.succession import Predecessor, Succession, find_predecessor
from kuule.web.worker_process import READY_SIGNAL, SUCCESSION_SIGNAL
from kuule.web.worker_watch import watched_workers
from kuule.web.wsgi_server import build_server, looks_of, worker_environment

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
"""Threads of a worker. One waits for each body that is on its way, and slow connections are many (phones, Tor). A
waiting thread costs next to nothing and holds no lock. Granian has no time-out for bodies; a proxy in front has."""
_MAX_CONNECTIONS = 4096
"""Connections that a worker holds open, including those on which a browser asks for nothing just now; more wait in the
system's queue. Granian counts idle connections too: a few hundred browsers once kept everybody else out."""


def serve(options: ServeOptions, ready: Callable[[], None] | None = None) -> bool:
    """Serve until SIGINT or SIGTERM, then finish what is under way and return.

    Returns False where the store could not be rewritten at the end, and so tells more than pages say. `ready` is called
    once the server listens.

    Raises KuuleError before anything is answered: SERVE_001 to SERVE_007 (what may not be served), SERVE_010 (the
    address or the port), SERVE_011 (an unencrypted connection to other machines), SERVE_012 (responses to another key),
    SERVE_013 to SERVE_019 (what would break the privacy promise), SERVE_020 (sockets of a service manager), SERVE_021
    and SERVE_022 (two audiences), SERVE_023 to SERVE_026 (what would tell another name of an onion service, or its
    socket), SERVE_030 (a collector still serves that could not go on), STORE_028 (a store of another audience),
    STORE_029 (a store that was restored and lacks what was withdrawn since), and what the editions, the secret or the
    store raise.
    """
    signal.signal(SUCCESSION_SIGNAL, signal.SIG_IGN)  # it would end a server that only just starts
    for sentence in protect_process_memory():
        _say(f"this process cannot be kept out of every file: {sentence}")
    for sentence in memory_warnings(options):
        _say(sentence)
    check_no_core_dumps()
    predecessor = find_predecessor(os.environ)
    with open_sockets(options, predecessor) as sockets:
        checked = check_study_and_machine(options, beside_another=predecessor is not None)
        for sentence in checked.messages:
            _say(sentence)
        options = replace(options, expected_store=checked.store)
        expect_store(options.expected_store)
        forget_site()
        return _serve(options, sockets, ready, predecessor)


def _serve(
    options: ServeOptions,
    sockets: Sequence[socket],
    ready: Callable[[], None] | None,
    predecessor: Predecessor | None,
) -> bool:
    server = build_server(
        "kuule.collector.server.wsgi:application",
        sockets,
        workers=options.workers,
        threads=_THREADS,
        max_connections=_MAX_CONNECTIONS,
    )
    if ready is not None:
        server.on_startup(ready)
    readiness = WorkerReadiness(options.workers, clock=time.monotonic)
    signal.signal(READY_SIGNAL, readiness.count_worker)
    succession = Succession(sockets, stop=_stop, leave_out=(OPTIONS_VARIABLE, MASTER_VARIABLE), say=_say)
    signal.signal(SUCCESSION_SIGNAL, succession.begin)
    start = ServerStart(readiness, predecessor)
    with (
        worker_environment(OPTIONS_VARIABLE, options.to_text(), MASTER_VARIABLE),
        _rewriting_thread(start, succession, options.expected_store) as status,
        watched_workers(options.workers, lambda: looks_of(server), _say),
    ):
        server.serve()
    return status.last_succeeded


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def memory_warnings(options: ServeOptions) -> Iterator[str]:
    """Why pages say that traces of what people type may stay, for the person who starts this server."""
    if not is_scrubbing_active():
        yield _NOT_SCRUBBED
    elif not (options.rehearsal or options.scrubbed_front):
        yield _FRONT_UNKNOWN


@dataclass(frozen=True, slots=True)
class StartChecks:
    """What was found before anything is answered: the identity of the store, and messages about closed languages and
    newer texts."""

    store: int
    messages: tuple[str, ...]


def check_can_serve(options: ServeOptions) -> StartChecks:
    """Check everything that can be known before anything is answered. Raises KuuleError as `serve` does."""
    check_can_listen(options)
    return check_study_and_machine(options)


def check_study_and_machine(options: ServeOptions, *, beside_another: bool = False) -> StartChecks:
    """Check what is served, the store and this machine. Brings the tables of the store up to date, and makes a practice
    store. `beside_another`: a collector still serves from this store, from which this one takes over.

    Raises KuuleError as `serve` does, but for the address; STORE_025 where there is no store.
    """
    site = start_site(options)
    if beside_another:
        _check_only_added_to()
    if prepare_store(new=options.rehearsal):
        _say(f"made a new database for practice answers: {database_name()}")
    check_settled()
    check_conditions(options)
    if not options.rehearsal:
        _check_rewriting()
    if site.conversation is None:
        return StartChecks(_identity(), ())
    _check_database(site.conversation.editions)
    _read_field_phase(site)
    messages = (
        *_language_messages(site.conversation.editions),
        *_address_messages(site.conversation.editions, options),
    )
    return StartChecks(_identity(), messages)


def _check_only_added_to() -> None:
    """Check that the collector that still serves can go on with the tables as they will be."""
    try:
        reasons = read_migration_state().stop_reasons
    finally:
        close_connections()
    if reasons:
        cause = f"a collector still serves, and could not go on beside this one ({'; '.join(reasons)})"
        remedy = "stop it, and start this one: `systemctl restart`; `kuule upgrade --check` says how long it takes"
        raise KuuleError(Problem("SERVE_030", database_name(), cause, remedy))


def _read_field_phase(site: CollectorSite) -> None:
    """Know whether the survey is closed before the first page is asked for: workers are copies of this process."""
    try:
        if site.conversation is not None:
            site.conversation.field_status(site.clock())
    finally:
        close_connections()


def _identity() -> int:
    """The identity of the store."""
    try:
        return read_identity()
    finally:
        close_connections()


def _language_messages(editions: ServedEditions) -> Iterator[str]:
    """Each message once. Whether a language is open is decided by the last edition, which is for new visits; an earlier
    edition decides only on languages that the last one does not have."""
    last = editions.current.edition.languages
    closed = [
        answer for served in editions.editions[:-1] for answer in served.closed_languages if answer.tag not in last
    ]
    messages = [*closed_lines((*editions.current.closed_languages, *closed))]
    for served in editions.editions:
        for tag, count in served.newer_text_counts.items():
            newer = f"{count} of Kuule's own words are newer than it and shown as they are shipped"
            messages.append(f"edition {served.edition.short}, {tag}: {newer}; have them reviewed and freeze again")
    yield from dict.fromkeys(messages)


def _address_messages(editions: ServedEditions, options: ServeOptions) -> Iterator[str]:
    """Texts of an onion service that a person has to look at: only they know whose address that is."""
    for served in editions.editions if options.onion else ():
        if keys := texts_with_public_addresses(served.edition):
            named = ", ".join(keys)
            yield f"edition {served.edition.short} shows public addresses in {named}: see that none is your own"


def _check_rewriting() -> None:
    """Check that rewriting removes everything that tells order and time, as pages promise."""
    try:
        check_log_is_reached()
    finally:
        close_connections()


def _check_database(editions: ServedEditions) -> None:
    """Check that all responses are sealed to keys of these editions, since practice and real responses never share a
    store, and that the store is of their audience."""
    try:
        foreign = read_key_ids() - {served.edition.key.key_id for served in editions.editions}
        if not foreign:
            claim_store_for(editions.current.edition.study.audience)
    finally:
        close_connections()
    if foreign:
        cause = f"it holds answers that were sealed to another key ({', '.join(sorted(map(bytes.hex, foreign)))})"
        remedy = "give another --database, or name the edition with that key as well, before this one"
        raise KuuleError(Problem("SERVE_012", database_name(), cause, remedy))


@contextmanager
def _rewriting_thread(start: ServerStart, succession: Succession, store: int | None) -> Iterator[RewriteStatus]:
    """Rewrite the store as soon as the workers are ready, daily and at the end, so that its file keeps no order.

    See `store.rewriting`. A worker that starts would wait for the rewriting, and so would those who come. A collector
    that takes over rewrites as soon as this one is gone.
    """
    status = RewriteStatus(clock=time.monotonic, say=_say, keep=rewrite_keeper(store))
    stopped = threading.Event()
    keeping = threading.Thread(target=_rewrite_until_stopped, args=(status, start, stopped), daemon=True)
    keeping.start()
    try:
        yield status
    finally:
        stopped.set()
        keeping.join()
        succession.end()
        if not succession.is_handed_over:
            _rewrite(status)


def _rewrite_until_stopped(status: RewriteStatus, start: ServerStart, stopped: threading.Event) -> None:
    if not start.wait(stopped):
        return
    _rewrite(status)
    rewrite_daily(
        clock=time.monotonic,
        wait=stopped.wait,
        on_failure=status.record_failure,
        on_success=status.record_success,
        retry_first=not status.last_succeeded,
    )


def _rewrite(status: RewriteStatus) -> None:
    """Rewrite once. A failure is reported and never stops the service."""
    with fork_lock:
        try:
            remaining = rewrite_store()
            status.record_success()
            if remaining:
                status.record_failure(StoreError(*remaining))
        except StoreError as error:
            status.record_failure(error)
        finally:
            # Connections cannot be shared with a worker that replaces another one and is forked from this process.
            close_connections()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
