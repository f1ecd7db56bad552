"""The queue before the site: a form is read whole first, then waits for one of few places, with a limit.

Slow connections are many (phones, Tor), so a form that is still on its way takes a thread and no place. Whoever waits
too long, or comes when all seats are taken, gets a page that holds what they typed and a button to try again. Nobody is
treated differently: behind Tor, or in one school, many people share an address.

An onion service knows no addresses, but Tor numbers its circuits, and a visitor has one of their own for some minutes.
There places go round the circuits (`fair_semaphore`), so that whoever asks without pause waits in their own queue. The
number is known while a request waits or is answered, and is nowhere afterwards.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kuule.collector.http.refused_requests import BUSY_KEY
from kuule.collector.server.fair_semaphore import FairSemaphore
from kuule.collector.server.whole_response import whole_response
from kuule.core.computing_place import hold_place
from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.request_body import read_body

MAX_CONCURRENT_REQUESTS = 4
"""Requests that one process computes for at once. More would not be faster, and each would end later (decision 0141).
Whoever waits for the store or a slow hash steps aside from their place (`core.computing_place`)."""
MAX_ASIDE = 64
"""Requests that may have stepped aside. Those beyond that wait at their places, and others before the site."""
MAX_WAITING_REQUESTS = 192
"""Requests that wait for a place."""
MAX_PLACES_OF_A_CIRCUIT = 2
"""Places that one circuit may have at once, those included from which it stepped aside. A browser opens six lines to a
site, and asks for one page."""
CIRCUIT_KEY = "HTTP_KUULE_CIRCUIT"
"""The header in which what stands before an onion service hands on the circuit, as Tor writes it: an address in
CIRCUITS (`HiddenServiceExportCircuitID haproxy`)."""
CIRCUITS = ipaddress.IPv6Network("fc00:dead:beef:4dad::/64")
MAX_WAIT_SECONDS = 8.0
"""Seconds until somebody who waits is told that the site is busy."""


class WaitingRoom:
    """A WSGI application around another one, which says that it is busy where BUSY_KEY is in the environment of a
    request.

    `largest`: the most bytes that a form of the site can have. `by_circuit`: whether circuits are told apart, which
    they may be only where nobody but what stands before it can reach this server.
    """

    def __init__(
        self,
        application: Application,
        largest: int,
        *,
        places: int = MAX_CONCURRENT_REQUESTS,
        seats: int = MAX_WAITING_REQUESTS,
        patience: float = MAX_WAIT_SECONDS,
        by_circuit: bool = False,
    ) -> None:
        self._application = application
        self._largest = largest
        self.places = FairSemaphore(places, seats=seats, share=MAX_PLACES_OF_A_CIRCUIT, aside=MAX_ASIDE)
        self._patience = patience
        self._by_circuit = by_circuit

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        circuit = take_circuit(environ) if self._by_circuit else ""
        read_body(environ, self._largest)
        if environ.get("PATH_INFO", "").startswith("/style-"):
            return whole_response(self._application, environ, start_response)
        with self.place(circuit) as free:
            if free:
                with hold_place(self.places):
                    return whole_response(self._application, environ, start_response)
        environ[BUSY_KEY] = True
        return whole_response(self._application, environ, start_response)

    @contextmanager
    def place(self, circuit: str = "") -> Iterator[bool]:
        """A place, at once or after a wait; False where there is none."""
        free = self.places.acquire(self._patience, circuit)
        try:
            yield free
        finally:
            if free:
                self.places.release(circuit)


def take_circuit(environ: Environ) -> str:
    """The circuit of a request, taken out of it; "" where none is told. Nothing behind the waiting room sees it."""
    told = environ.pop(CIRCUIT_KEY, "")
    try:
        address = ipaddress.IPv6Address(told)
    except ValueError:
        return ""
    return str(address) if address in CIRCUITS else ""
