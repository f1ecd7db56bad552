"""The WSGI application of a worker. What it serves stands in the environment variable of `options.VARIABLE`."""

from __future__ import annotations

import os
import sys
import threading

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries

from kuule.collector.addresses.site import close_site, running_site, start_site
from kuule.collector.offer.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.offer.remains import remains_of
from kuule.collector.running.conditions import check_conditions, check_undumped
from kuule.collector.running.forgetting import Application, Forgetful
from kuule.collector.running.waiting_room import WaitingRoom
from kuule.collector.visit.partner_counts import keep_adding
from kuule.errors import KuuleError
from kuule.sealing.memory import keep_out_of_dumps
from kuule.sealing.scrubbing import is_in_force
from kuule.store.database import prepare_again
from kuule.web.charset import in_utf8
from kuule.web.worker import end_when_told, end_with_parent, tell_master


def application_for(options: ServeOptions) -> WaitingRoom:
    """The application; one that says "closed for now" where the editions, the secret, the store or a condition of the
    promise do not hold."""
    try:
        start_site(options)
        check_conditions(options)
        prepare_again()
    except KuuleError as error:
        # Said whole: nobody has been here yet, and who runs it has to know why nobody gets in.
        for problem in error.problems:
            sys.stderr.write(f"the collector is closed for now: {problem}\n")
        sys.stderr.flush()
        close_site(options.database, remains_of(options), drafts=options.drafts)
    site: Application = in_utf8(WSGIHandler())
    return WaitingRoom(Forgetful(site) if is_in_force() else site, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def count_for_partners() -> None:
    """Add what is counted to the store, daily, in a thread that ends with this process."""
    site = running_site()
    if site.open is not None:
        times = {"clock": site.clock, "wait": threading.Event().wait}
        threading.Thread(target=keep_adding, args=(site.open.tally,), kwargs=times, daemon=True).start()


if VARIABLE in os.environ:
    end_with_parent(MASTER)
    end_when_told()
    # No request opens a connection of Django's own, as `store` has its lines: none is looked for around each.
    request_started.disconnect(reset_queries)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    # What cannot be done here is said once, by the master.
    keep_out_of_dumps()
    check_undumped()
    application = application_for(ServeOptions.from_text(os.environ[VARIABLE]))
    count_for_partners()
    tell_master(MASTER)
