"""The preview as a server: one process for one person, on a loopback address, until it is stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import IO, Any, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler

from kuule.core.problems import KuuleError, Problem
from kuule.preview.change_events import with_change_events
from kuule.preview.preview_session import CheckStudy, PreviewSession
from kuule.preview.preview_site import configure_django, run_preview
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application
from kuule.web.listen_address import check_address
from kuule.web.loopback_guard import guard_loopback, is_loopback_address
from kuule.web.request_body import read_body

_MOST_POSTED = 8 * 1024 * 1024
_LINE_SECONDS = 60


class PreviewError(KuuleError):
    """A preview cannot be shown."""


def serve_preview(folder: Path, check: CheckStudy, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until it is stopped. `ready` gets the address once it listens.

    Raises PreviewError PREVIEW_002 (an address that others could reach), PREVIEW_003 (no such folder); KuuleError
    SERVE_010 if the port is not free. Whatever is wrong with the study is shown in the preview.
    """
    if not is_loopback_address(host):
        cause = "other machines could reach it, or it is no address in numbers"
        remedy = "leave --host away, or give 127.0.0.1"
        raise PreviewError(Problem("PREVIEW_002", f"--host {host[:60]}", cause, remedy))
    if not folder.is_dir():
        raise PreviewError(_no_folder(folder))
    check_address(host, port)
    configure_django()
    session = PreviewSession(folder, check)
    run_preview(session)
    session.start()
    place = f"{host}:{port}"
    with _Server((host, port), _Handler) as server:
        site = with_change_events(force_utf8(_one_at_a_time(WSGIHandler())), session)
        server.set_app(guard_loopback(site, host=place))

        def stop() -> None:
            session.stop()
            threading.Thread(target=server.shutdown, daemon=True).start()

        with _ended_by_signals(stop):
            ready(f"http://{place}/preview")
            server.serve_forever(poll_interval=0.2)


def _no_folder(folder: Path) -> Problem:
    if folder.is_file():
        cause, remedy = "it is a file, and a study is a folder", f"give its folder: kuule preview {folder.parent}"
        return Problem("PREVIEW_003", str(folder), cause, remedy)
    return Problem("PREVIEW_003", str(folder), "there is no such folder", "give a study's folder; kuule new begins one")


@contextmanager
def _ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """In the block, SIGINT and SIGTERM call `stop`, also where whoever started this process had it ignore them."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _one_at_a_time(application: Application) -> Application:
    """One request after the other: what is made of a study is made by the first that needs it, and the memory that
    answers are in has one writer."""
    turn = threading.Lock()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        read_body(environ, _MOST_POSTED)
        with turn:
            response = application(environ, start_response)
            try:
                return list(response)
            finally:
                if hasattr(response, "close"):
                    response.close()

    return answer


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection: one of them waits for changes."""

    daemon_threads = True
    block_on_close = False

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
        """No log: the terminal is for what is wrong with the study."""

    def handle(self) -> None:
        """One request, with a handler that says nothing on the terminal when a browser goes away."""
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536 or not self.parse_request():
            return
        application = cast("_Server", self.server).get_app()
        read, written = cast("IO[bytes]", self.rfile), cast("IO[bytes]", self.wfile)
        handler = _QuietHandler(read, written, self.get_stderr(), self.get_environ(), multithread=True)
        handler.request_handler = self
        if application is not None:
            handler.run(application)


class _QuietHandler(ServerHandler):
    request_handler: Any

    def log_exception(self, exc_info: Any) -> None:
        """Nothing: Django logs what a fault of ours is, and a browser that goes away is none."""
