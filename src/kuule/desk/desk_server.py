"""The desk as a server: one process, which holds the open project, on a loopback address, until it is stopped.

It serves one person, and a session takes one request at a time. So this is the standard library's server and not that
of the other sites, whose workers are processes of their own and would have neither the project nor its key.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from ipaddress import ip_address
from socketserver import TCPServer, ThreadingMixIn
from typing import IO, Any, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from kuule.desk.access_checks import guard_application, most_bytes
from kuule.desk.desk_problems import desk_error
from kuule.desk.desk_settings import configure_django
from kuule.desk.running_desk import Desk, run_desk
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application, Environ
from kuule.web.listen_address import check_address
from kuule.web.request_body import read_body

_LINE_SECONDS = 20
_LAST_ANSWER_SECONDS = 60
"""What is being saved or shown when the desk is closed has so long to end, before its project is closed."""
_FIRST_PAGES = ("/", "/texts")
"""Where everybody begins."""


def check_loopback(host: str) -> None:
    """Raise DeskError DESK_001 unless an address is of this machine alone. A name is not looked up: that would ask a
    network."""
    with suppress(ValueError):
        if ip_address(host).is_loopback and ":" not in host:
            return
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
        with _ended_by_signals(desk.stop):
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
    return guard_application(force_utf8(_one_at_a_time(handler)), host=place, token=desk.base.strip("/"))


def _make_page(handler: WSGIHandler, path: str) -> None:
    environ: dict[str, Any] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    response = handler(environ, lambda status, headers, error=None: lambda data: None)
    response.close()


@contextmanager
def _ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """In the block, SIGINT and SIGTERM call `stop`, also where whoever started this process had it ignore them, as a
    shell does in the background."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _one_at_a_time(application: Application) -> Application:
    """A session is used by one thread at a time: two windows of the person wait for each other."""
    turn = threading.Lock()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with turn:
            response = application(environ, start_response)
            try:
                return list(response)
            finally:
                if hasattr(response, "close"):
                    response.close()

    return answer


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection: browsers open some that they do not use."""

    daemon_threads = True
    block_on_close = False
    most_bytes: Callable[[Environ], int]

    def __init__(self, *given: Any) -> None:
        self.under_way = 0
        self.answered = threading.Condition()
        super().__init__(*given)

    @contextmanager
    def request_under_way(self) -> Iterator[None]:
        """In the block, a request that arrived whole is answered. A connection that nobody uses is none."""
        with self.answered:
            self.under_way += 1
        try:
            yield
        finally:
            with self.answered:
                self.under_way -= 1
                self.answered.notify_all()

    def wait_for_answers(self, seconds: float) -> None:
        """Wait until nothing is being answered any more, but not longer than this."""
        with self.answered:
            self.answered.wait_for(lambda: not self.under_way, seconds)

    def server_bind(self) -> None:
        """Without looking up the machine's name, which would ask a network."""
        TCPServer.server_bind(self)
        host, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.server_name = host
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser went away in the middle of a page. Nothing is logged."""


class _Handler(WSGIRequestHandler):
    timeout = _LINE_SECONDS

    def address_string(self) -> str:
        return str(self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class has
        """No log: it would be a list of what somebody read, and when."""

    def handle(self) -> None:
        """One request. A form is read even if it is refused: a browser that could not send it would not show why."""
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536 or not self.parse_request():
            return
        environ = self.get_environ()
        request = {**environ, "wsgi.input": self.rfile}
        read_body(request, self.server.most_bytes(request))  # type: ignore[attr-defined]  # _Server's own
        body = request["wsgi.input"] if request["wsgi.input"] is not self.rfile else BytesIO()
        handler = _QuietHandler(body, cast("IO[bytes]", self.wfile), self.get_stderr(), environ, multithread=True)
        handler.request_handler = self  # type: ignore[attr-defined]  # wsgiref's own way
        with self.server.request_under_way():  # type: ignore[attr-defined]
            handler.run(self.server.get_app())  # type: ignore[attr-defined]


class _QuietHandler(ServerHandler):
    def log_exception(self, exc_info: Any) -> None:
        """Nothing: its message could quote an answer. Django logs what a fault of ours is (`web.redacted_logging`)."""
