"""The queue before the site: a form is read whole first, then waits for one of few places, with a limit.

Slow connections are many (phones, Tor), so a form that is still on its way takes a thread and no place. Whoever waits
too long, or comes when all seats are taken, gets a page that holds what they typed and a button to try again. Nobody is
treated differently: behind Tor, or in one school, many people share an address.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kuule.collector.http.refused_requests import BUSY_KEY
from kuule.collector.server.fair_semaphore import FairSemaphore
from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.request_body import read_body

MAX_CONCURRENT_REQUESTS = 16
"""Requests that one process works on at once. More would not be faster; a place also limits open connections to the
database."""
MAX_WAITING_REQUESTS = 192
"""Requests that wait for a place."""
MAX_WAIT_SECONDS = 8.0
"""Seconds until somebody who waits is told that the site is busy."""


class WaitingRoom:
    """A WSGI application around another one, which says that it is busy where BUSY_KEY is in the environment of a
    request.

    `largest`: the most bytes that a form of the site can have.
    """

    def __init__(
        self,
        application: Application,
        largest: int,
        *,
        places: int = MAX_CONCURRENT_REQUESTS,
        seats: int = MAX_WAITING_REQUESTS,
        patience: float = MAX_WAIT_SECONDS,
    ) -> None:
        self._application = application
        self._largest = largest
        self.places = FairSemaphore(places)
        self._seats = threading.BoundedSemaphore(seats)
        self._patience = patience

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        read_body(environ, self._largest)
        if environ.get("PATH_INFO", "").startswith("/style-"):
            return _whole(self._application, environ, start_response)
        with self.place() as free:
            if free:
                return _whole(self._application, environ, start_response)
        environ[BUSY_KEY] = True
        return _whole(self._application, environ, start_response)

    @contextmanager
    def place(self) -> Iterator[bool]:
        """A place, at once or after a wait; False where there is none."""
        free = self.places.acquire() or self._wait()
        try:
            yield free
        finally:
            if free:
                self.places.release()

    def _wait(self) -> bool:
        if not self._seats.acquire(blocking=False):
            return False
        try:
            return self.places.acquire(self._patience)
        finally:
            self._seats.release()


def _whole(application: Application, environ: Environ, start_response: StartResponse) -> list[bytes]:
    """The whole response, made while the place is held."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        if hasattr(answer, "close"):
            answer.close()
