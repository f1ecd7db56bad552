"""The state of a machine at a Unix socket, for a monitor that runs on it. No port is open: no browser, no proxy and no
other service of the machine comes to it, and whoever may ask is a matter of the socket's group."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, cast

from kuule.usecases.monitoring.host_status import HostStatus
from kuule.usecases.monitoring.open_metrics import CONTENT_TYPE, open_metrics_text
from kuule.usecases.monitoring.status_words import status_lines, status_table
from kuule.web.listening_sockets import inherited_unix_socket
from kuule.web.loopback_server import ended_by_signals
from kuule.web.unix_socket import own_unix_socket, remove_unix_socket

FRESH_SECONDS = 60.0
ASKING_SECONDS = 10.0
"""How long one who asks may take in all, however slowly they write."""
MOST_AT_ONCE = 16
"""Of those who ask. Whoever comes while so many are there is sent away."""
_POLL_SECONDS = 60.0
"""A signal ends the waiting. One that comes in the moment before it is noticed after so long."""


class FreshStatus:
    """The state as it was within the last minute, however often it is asked for. `clock` gives seconds that only
    grow."""

    def __init__(self, read: Callable[[], HostStatus], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._last: tuple[float, HostStatus] | None = None
        self._one_looks = threading.Lock()

    def __call__(self) -> HostStatus:
        with self._one_looks:
            now = self._clock()
            if self._last is None or now - self._last[0] >= FRESH_SECONDS:
                self._last = (now, self._read())
            return self._last[1]


def serve_status(path: Path, read: Callable[[], HostStatus], ready: Callable[[], None] = lambda: None) -> None:
    """Answer at a socket until SIGINT or SIGTERM: `/` in words, `/status.json`, `/metrics`. The socket is that of a
    socket unit, otherwise our own.

    Raises KuuleError SERVE_010 and SERVE_026 where it cannot be made, SERVE_020 where a socket unit holds another.
    """
    inherited = inherited_unix_socket(path)
    server = StatusServer(inherited[0] if inherited else own_unix_socket(path), FreshStatus(read))
    try:
        with server, ended_by_signals(_stop), suppress(KeyboardInterrupt):
            ready()
            server.serve_forever(poll_interval=_POLL_SECONDS)
    finally:
        if not inherited:
            remove_unix_socket(path)


def _stop() -> None:
    raise KeyboardInterrupt


class StatusServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A thread for each who asks, and few of them: one who is silent keeps no other waiting."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket.socket, read: Callable[[], HostStatus]) -> None:
        super().__init__("", _StatusHandler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.read = read
        self.__places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, or send away."""
        if self.__places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, for as long as one who asks may take."""
        end = threading.Timer(ASKING_SECONDS, _shut, [request])
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self.__places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked went away."""


def _shut(request: socket.socket) -> None:
    with suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


class _StatusHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = cast("StatusServer", self.server).read()
        if self.path == "/metrics":
            self.__say(open_metrics_text(status), CONTENT_TYPE)
        elif self.path == "/status.json":
            self.__say(json.dumps(status_table(status), ensure_ascii=False) + "\n", "application/json")
        elif self.path == "/":
            self.__say("".join(f"{line}\n" for line in status_lines(status)))
        else:
            self.__say("there is /, /status.json and /metrics\n", status=HTTPStatus.NOT_FOUND)

    def __say(self, text: str, kind: str = "text/plain; charset=utf-8", status: HTTPStatus = HTTPStatus.OK) -> None:
        body = text.encode()
        self.send_response_only(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Nothing is logged."""
