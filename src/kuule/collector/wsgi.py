"""The WSGI application of a worker. What it serves stands in the environment variable of `options.VARIABLE`."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys

from django.core.handlers.wsgi import WSGIHandler

from kuule.collector.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.site import close_site, start_site
from kuule.errors import KuuleError
from kuule.store.database import prepare

_LOG = logging.getLogger(__name__)
_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


def application_for(options: ServeOptions) -> WSGIHandler:
    """The application; one that says "closed for now" where the editions, the secret or the store do not hold."""
    try:
        start_site(options)
        prepare()
    except KuuleError:
        _LOG.exception("the collector is closed for now")
        close_site(options.database)
    return WSGIHandler()


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
    application = application_for(ServeOptions.from_text(os.environ[VARIABLE]))
