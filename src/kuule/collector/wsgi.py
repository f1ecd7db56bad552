"""The WSGI application of a worker. What it serves stands in the environment variable of `options.VARIABLE`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from kuule.collector.conditions import check_conditions, check_undumped
from kuule.collector.forgetting import Application, Forgetful
from kuule.collector.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.partner_counts import keep_adding
from kuule.collector.site import close_site, running_site, start_site
from kuule.collector.waiting_room import WaitingRoom
from kuule.errors import KuuleError
from kuule.sealing.memory import keep_out_of_dumps
from kuule.sealing.scrubbing import is_in_force
from kuule.store.database import prepare_again

_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


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
        close_site(options.database)
    site: Application = WSGIHandler()
    return WaitingRoom(Forgetful(site) if is_in_force() else site, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def count_for_partners() -> None:
    """Add what is counted to the store, daily, in a thread that ends with this process."""
    site = running_site()
    if site.open is not None:
        times = {"clock": site.clock, "wait": threading.Event().wait}
        threading.Thread(target=keep_adding, args=(site.open.tally,), kwargs=times, daemon=True).start()


def end_with_parent() -> None:
    """Have the system end this worker when its master dies: orphans would keep the port and the old editions.

    SIGKILL, as a polite signal is lost before granian's worker listens for it. What was thanked for is on the disk.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.environ.get(MASTER, "") != str(os.getppid()):
            # It died while this worker was starting, and the system tells of a death only once.
            sys.exit(1)


if VARIABLE in os.environ:
    end_with_parent()
    # What cannot be done here is said once, by the master.
    keep_out_of_dumps()
    check_undumped()
    application = application_for(ServeOptions.from_text(os.environ[VARIABLE]))
    count_for_partners()
