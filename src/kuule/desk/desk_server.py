"""The desk as a server: one process, which holds the open project and its key, on a loopback address, until it is
stopped. A session takes one request at a time."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import IO, Any, cast
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from kuule.desk.access_checks import guard_application, most_bytes
from kuule.desk.desk_problems import desk_error
from kuule.desk.desk_settings import configure_django
from kuule.desk.running_desk import Desk, run_desk
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application, Environ
from kuule.web.listen_address import check_address
from kuule.web.loopback_guard import is_loopback_address
from kuule.web.loopback_server import LoopbackHandler, LoopbackServer, ended_by_signals, one_at_a_time
from kuule.web.request_body import read_body

_LINE_SECONDS = 20
_LAST_ANSWER_SECONDS = 60
"""What is being saved or shown when the desk is closed has so long to end, before its project is closed."""
_FIRST_PAGES = ("/", "/texts")
"""Where everybody begins."""


def check_loopback(host: str) -> None:
    """Raise DeskError DESK_001 unless an address is of this machine alone."""
    if not is_loopback_address(host):
        cause = "other machines could reach what people wrote, or it is no address in numbers"
        raise desk_error("DESK_001", f"--host {host[:60]}", cause, "leave --host away, or give 127.0.0.1")


def serve_desk(desk: Desk, *, host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Serve until the process is interrupted or the person closes the desk. `ready` gets the whole address once it
    listens. Raises DeskError DESK_001; KuuleError SERVE_010 if the port is not free."""
    check_loopback(host)
    check_address(host, port)
    place = f"{host}:{port}"
    with _Server((host, port), _Handler) as server:
        desk.stop = lambda: threading.Thread(target=server.shutdown, daemon=True).start()
        server.most_bytes = partial(most_bytes, host=place, token=desk.base.strip("/"))
        server.set_app(desk_application(desk, place=place))
        with ended_by_signals(desk.stop):
            if ready is not None:
                ready(f"http://{place}{desk.base}/")
            server.serve_forever(poll_interval=0.2)
            server.wait_for_answers(_LAST_ANSWER_SECONDS)


def desk_application(desk: Desk, *, place: str) -> Application:
    """What answers at `place`, an address and a port, with this desk of the process. What the first pages would wait
    for is made before: the index of words, how far each text is, views and templates. Nothing of it is garbage later,
    and a collection that looks through all of it takes longer than a page may."""
    configure_django()
    run_desk(desk)
    gc.freeze()
    desk.session.search(desk.base)
    handler = WSGIHandler()
    for path in _FIRST_PAGES:
        _make_page(handler, path)
    gc.collect()
    gc.freeze()
    return guard_application(force_utf8(one_at_a_time(handler)), host=place, token=desk.base.strip("/"))


def _make_page(handler: WSGIHandler, path: str) -> None:
    environ: dict[str, Any] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    response = handler(environ, lambda status, headers, error=None: lambda data: None)
    response.close()


class _Handler(LoopbackHandler):
    timeout = _LINE_SECONDS

    def request_body(self, environ: Environ) -> IO[bytes]:
        """A form is read even if it is refused: a browser that could not send it would not show why."""
        request = {**environ, "wsgi.input": self.rfile}
        read_body(request, cast("_Server", self.server).most_bytes(request))
        return request["wsgi.input"] if request["wsgi.input"] is not self.rfile else BytesIO()


class _Server(LoopbackServer):
    most_bytes: Callable[[Environ], int]
