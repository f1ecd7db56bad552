"""The tour at an address of this machine: the page as things are now, in each language, the codebook, and the tutorial.

`/` is in the language that the browser asks for, `/fi` in Finnish whatever it asks for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from kuule.usecases.demo.server_process import port_error
from kuule.usecases.demo.tour import Tour
from kuule.usecases.demo.tour_drawing import tutorial_page
from kuule.usecases.demo.tour_words import language_asked_for, tour_languages
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What is at an address: a page, or where the browser is to go. Neither where nothing is, or not yet."""

    page: str | None = None
    elsewhere: str | None = None


class _Pages:
    """Each address and what is there."""

    def __init__(self, tour: Tour) -> None:
        self._tour = tour

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        found = self._find(path, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        headers = {**_HEADERS, "Vary": "Accept-Language"}
        if found.elsewhere is not None:
            status, headers["Location"], body = HTTPStatus.SEE_OTHER, found.elsewhere, b""
        elif found.page is not None:
            status, body = HTTPStatus.OK, found.page.encode()
        else:
            status, body = HTTPStatus.NOT_FOUND, _AWAY.encode()
        sort = "plain" if found.page is None else "html"
        headers |= {"Content-Type": f"text/{sort}; charset=utf-8", "Content-Length": str(len(body))}
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [body]

    def _find(self, path: str, wish: str) -> _Found:
        first, _, rest = path.removeprefix("/").partition("/")
        if first not in tour_languages():
            tag, what = language_asked_for(wish), path.removeprefix("/")
        else:
            tag, what = first, rest
        if what == "":
            return _Found(self._tour.page(tag, path))
        if what == "tutorial":
            return _Found(tutorial_page(tag, path))
        if path == "/codebook":
            return _Found(self._tour.codebook_page())
        if what in _REPORTS:
            return _Found(elsewhere=self._tour.report_address(tag, _REPORTS[what]))
        return _Found()


_REPORTS = {"report": ".html", "report.pdf": ".pdf"}
"""By the end of an address: the ending of the file."""
