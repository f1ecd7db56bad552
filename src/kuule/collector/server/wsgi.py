"""The WSGI application of a worker. Its options are in the environment variable `serve_options.OPTIONS_VARIABLE`."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from multiprocessing.util import Finalize
from typing import Any

from django.conf import settings
from django.core.cache import close_caches
from django.core.handlers.base import reset_urlconf
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries

from kuule.collector.http.collector_site import close_site, running_site, start_site
from kuule.collector.served.closed_study import read_closed_study
from kuule.collector.served.serve_options import MASTER_VARIABLE, OPTIONS_VARIABLE, ServeOptions
from kuule.collector.server.count_handover import hand_over_counts, handover_folder, take_over_counts
from kuule.collector.server.machine_conditions import check_conditions, check_no_core_dumps
from kuule.collector.server.memory_release import MemoryReleasingApplication
from kuule.collector.server.waiting_room import WaitingRoom
from kuule.collector.session.field_watch import field_watch
from kuule.collector.session.partner_counts import store_daily
from kuule.core.problems import KuuleError, StoreError
from kuule.sealing.memory_protection import protect_process_memory
from kuule.sealing.memory_scrubbing import is_scrubbing_active
from kuule.store.database import check_expected_store
from kuule.store.location.identity import expect_store
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application
from kuule.web.worker_process import end_on_sigterm, end_with_parent, signal_ready
from kuule.web.worker_pulses import send_pulses

_LOOK_SECONDS = 6.0
"""Seconds between two looks for the store. The master gives up where a worker ends within five seconds of its start."""


def build_application(options: ServeOptions) -> WaitingRoom:
    """The application of a worker.

    It says "closed for now" where the editions, the secret, the store or a condition of the privacy promise do not
    hold. Only the master makes a store; a worker makes none, and uses no other than the one that the master found.
    """
    try:
        start_site(options)
        expect_store(options.expected_store)
        check_expected_store()  # first: of a file that is not the store's it does not matter who may read it
        check_conditions(options)
        field_watch.read_orders()  # a store that is being rewritten would not say at once what is hidden
    except KuuleError as error:
        # The whole error is shown: nobody has visited yet, and the operator has to know why nobody gets in.
        for problem in error.problems:
            sys.stderr.write(f"the collector is closed for now: {problem}\n")
        sys.stderr.flush()
        waits = all(problem.code.startswith("STORE_") for problem in error.problems)
        close_site(
            options.database,
            read_closed_study(options),
            drafts=options.drafts,
            waits_for_store=waits,
            onion=options.onion,
        )
        expect_store(options.expected_store)
        if not waits:
            with suppress(StoreError):
                field_watch.read_orders()
    site: Application = force_utf8(WSGIHandler())
    return WaitingRoom(
        MemoryReleasingApplication(site) if is_scrubbing_active() else site,
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        by_circuit=bool(options.onion),
    )


def forgo_unused_signals() -> None:
    """Look for nothing of Django's own around each request. No request opens a connection of Django's, since the store
    has its connections; none has a cache; and all have the same addresses. Looking took 3 % of a page."""
    request_started.disconnect(reset_queries)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    request_finished.disconnect(close_caches)
    request_finished.disconnect(reset_urlconf)


def start_partner_counts(store: int | None) -> None:
    """Add the counts to the store daily, in a thread that ends with this process. What is left at an orderly end is for
    the next server."""
    site = running_site()
    if site.conversation is None:
        return
    folder, tally = handover_folder(os.environ), site.conversation.tally
    given: dict[str, Any] = {"clock": site.clock, "wait": threading.Event().wait}
    if folder is not None and store is not None:
        take_over_counts(tally, folder, store)
        given["take_over"] = partial(take_over_counts, tally, folder, store)
        # Granian's workers are processes of multiprocessing, which runs such finalizers and not those of atexit.
        Finalize(None, hand_over_counts, args=(tally, folder, store), exitpriority=1)
    threading.Thread(target=store_daily, args=(tally,), kwargs=given, daemon=True).start()


def exit_when_store_is_back() -> None:
    """End this closed worker as soon as the right store is there: the master starts one in its place."""
    while True:
        time.sleep(_LOOK_SECONDS)
        with suppress(StoreError):
            check_expected_store()
            os._exit(1)


if OPTIONS_VARIABLE in os.environ:
    end_with_parent(MASTER_VARIABLE)
    end_on_sigterm()
    forgo_unused_signals()
    # What cannot be done here is reported once, by the master.
    protect_process_memory()
    check_no_core_dumps()
    options = ServeOptions.from_text(os.environ[OPTIONS_VARIABLE])
    application = build_application(options)
    start_partner_counts(options.expected_store)
    if running_site().waits_for_store:
        threading.Thread(target=exit_when_store_is_back, daemon=True).start()
    signal_ready(MASTER_VARIABLE)
    send_pulses()
