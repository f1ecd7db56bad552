"""What a step leaves in memory is freed when it is over, not when Python next tidies up: hours later on a quiet day.

The answers of a visit hang in a tree whose parts know each other, and only a search for cycles frees such a thing. What
lasts is set aside, so that the search takes a fraction of a millisecond. That freed memory is overwritten is for
`sealing.memory_scrubbing`.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable
from typing import Any

MAX_UNCOLLECTED = 8
"""Steps that may be left behind while others are under way: then one search is for all of them."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class MemoryReleasingApplication:
    """A WSGI application that frees what was posted once the answer to it is made."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._under_way = 0
        self._left = 0
        self._searches = 0
        self._lock = threading.Lock()
        gc.collect()
        gc.freeze()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with self._lock:
            self._under_way += 1
        try:
            return self._whole(environ, start_response)
        finally:
            self._forget()

    def _whole(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        answer = self._application(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()

    def _forget(self) -> None:
        """Search when nobody is under way any more, or when enough was left; who comes meanwhile is not waited for."""
        with self._lock:
            self._under_way -= 1
            self._left += 1
            if self._under_way and self._left < MAX_UNCOLLECTED:
                return
            self._left = 0
            gc.collect()
            self._searches += 1
            if self._under_way == 0 and self._searches.bit_count() == 1:
                # The 1st, 2nd, 4th, 8th … time: pages that were drawn first have left what lasts, and nobody's words.
                gc.freeze()
