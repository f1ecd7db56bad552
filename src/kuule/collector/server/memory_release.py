"""Frees what a step leaves in memory when the step is over, and not when Python next collects: hours later on a quiet
day.

The answers of a visit are in a tree whose parts refer to each other, which only the garbage collector frees. What lasts
is frozen (`gc.freeze`), so that a collection takes a fraction of a millisecond. Overwriting freed memory is the task of
`sealing.memory_scrubbing`.
"""

from __future__ import annotations

import gc
import threading

from kuule.collector.server.whole_response import whole_response
from kuule.web.handler_types import Application, Environ, StartResponse

MAX_UNCOLLECTED = 8
"""Steps that may be left uncollected while others are under way: then one collection is for all of them."""


class MemoryReleasingApplication:
    """A WSGI application that frees what was posted once the response to it is made."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._under_way = 0
        self._left = 0
        self._searches = 0
        self._lock = threading.Lock()
        gc.collect()
        gc.freeze()

    def __call__(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        with self._lock:
            self._under_way += 1
        try:
            return whole_response(self._application, environ, start_response)
        finally:
            self._forget()

    def _forget(self) -> None:
        """Collect when no request is under way any more, or when enough is left. Requests that come meanwhile are not
        waited for."""
        with self._lock:
            self._under_way -= 1
            self._left += 1
            if self._under_way and self._left < MAX_UNCOLLECTED:
                return
            self._left = 0
            gc.collect()
            self._searches += 1
            if self._under_way == 0 and self._searches.bit_count() == 1:
                # The 1st, 2nd, 4th, 8th … time: pages that were rendered for the first time have left what lasts, and
                # nobody's words.
                gc.freeze()
