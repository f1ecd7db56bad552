"""The server of a site for the browser of this machine alone: one process, which holds what it shows, for one person.

So it is the standard library's and not that of the sites that many people visit, whose workers are processes of their
own and would have none of it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import TCPServer, ThreadingMixIn
from typing import IO, Any, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from kuule.web.handler_types import Application, Environ, StartResponse


class LoopbackServer(ThreadingMixIn, WSGIServer):
    """A thread for each connection: browsers open some that they do not use, and one may wait for changes."""

    daemon_threads = True
    block_on_close = False

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


class LoopbackHandler(WSGIRequestHandler):
    """One request of a connection, of which nothing is logged: a log would say what somebody read, and when."""

    def address_string(self) -> str:
        return str(self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class has
        """No log."""

    def request_body(self, environ: Environ) -> IO[bytes]:
        """Where the application reads the body of a request: as it arrives."""
        return cast("IO[bytes]", self.rfile)

    def handle(self) -> None:
        """One request, with a handler that says nothing on the terminal when a browser goes away."""
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536 or not self.parse_request():
            return
        server, environ = cast("LoopbackServer", self.server), self.get_environ()
        written = cast("IO[bytes]", self.wfile)
        handler = _QuietHandler(self.request_body(environ), written, self.get_stderr(), environ, multithread=True)
        handler.request_handler = self
        with server.request_under_way():
            handler.run(cast("Any", server.get_app()))


class _QuietHandler(ServerHandler):
    request_handler: Any

    def log_exception(self, exc_info: Any) -> None:
        """Nothing: its message could quote an answer. Django logs what a fault of ours is (`web.redacted_logging`)."""


@contextmanager
def ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """In the block, SIGINT and SIGTERM call `stop`, also where whoever started this process had it ignore them, as a
    shell does in the background."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def one_at_a_time(application: Application) -> Application:
    """The application, asked by one thread at a time: two windows of the person wait for each other."""
    turn = threading.Lock()

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with turn:
            response = application(environ, start_response)
            try:
                return list(response)
            finally:
                if hasattr(response, "close"):
                    response.close()

    return answer
