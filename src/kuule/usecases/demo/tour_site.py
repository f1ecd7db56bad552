"""The tour at an address of this machine: the page as things are now, the codebook, and the tutorial."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from kuule.usecases.demo.server_process import port_error
from kuule.usecases.demo.tour import Tour
from kuule.usecases.demo.tour_drawing import tutorial_page
from kuule.web.handler_types import Environ, StartResponse
from kuule.web.loopback_guard import guard_loopback
from kuule.web.loopback_server import LoopbackHandler, LoopbackServer

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Each page has a policy of its own besides, which allows its own style sheet alone."""
_AWAY = "There is nothing at this address. The tour is at /.\n"


@contextmanager
def serve_tour(tour: Tour, port: int) -> Iterator[int]:
    """Serve the tour on 127.0.0.1 until the block ends. Gives the port, which is a free one if `port` is 0. Raises
    DemoError DEMO_021 if the port is not available."""
    try:
        server = LoopbackServer(("127.0.0.1", port), LoopbackHandler)
    except OSError as error:
        raise port_error(port, "--tour-port", error) from error
    server.set_app(guard_loopback(_Pages(tour), host=f"127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Pages:
    """Each address and what is there; None where it is not made yet."""

    def __init__(self, tour: Tour) -> None:
        self._pages: Mapping[str, Callable[[], str | None]] = {
            "/": tour.page,
            "/codebook": tour.codebook_page,
            "/tutorial": tutorial_page,
        }

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        draw = self._pages.get(environ.get("PATH_INFO", ""))
        page = None if draw is None else draw()
        status, sort = (HTTPStatus.NOT_FOUND, "plain") if page is None else (HTTPStatus.OK, "html")
        body = (_AWAY if page is None else page).encode()
        headers = {**_HEADERS, "Content-Type": f"text/{sort}; charset=utf-8", "Content-Length": str(len(body))}
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [body]
