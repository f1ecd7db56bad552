"""The report at an address of this machine: one folder, read-only, with no caching in browsers and no access log."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kuule.usecases.demo.server_process import port_error

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _ReportHandler(SimpleHTTPRequestHandler):
    """Serves the files of one folder, without listing folders and without an access log."""

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the parent's
        return


class _ReportServer(ThreadingHTTPServer):
    """One thread for each request."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that closed its connection before it had the whole page; anything else is a bug."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve_report(folder: Path, port: int) -> Iterator[int]:
    """Serve `folder` on 127.0.0.1 until the block ends. Gives the port, which is a free one if `port` is 0. Raises
    DemoError DEMO_021 if the port is not available."""
    try:
        server = _ReportServer(("127.0.0.1", port), partial(_ReportHandler, directory=str(folder)))
    except OSError as error:
        raise port_error(port, "--report-port", error) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
