"""Shows exhibits to a browser: each at an address of its own, with the bytes and the headers that the site gave."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from kuule.web.headers import SECURITY_HEADERS
from kuule.web.stylesheet import style_sheet
from tests.access.exhibit import Exhibit

_MADE_HERE = frozenset({"content-length", "server", "date", "content-encoding"})


class Hall:
    """A server on a port of its own. `asked`: every address that was asked for, in order. Not `styled`: the style sheet
    does not come, as on a bad line or in a browser of long ago."""

    def __init__(self, exhibits: Sequence[Exhibit], *, styled: bool = True) -> None:
        self.asked: list[str] = []
        self._styled = styled
        self._places = {id(exhibit): f"/page/{at}" for at, exhibit in enumerate(exhibits)}
        self._at = {self._places[id(exhibit)]: exhibit for exhibit in exhibits}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def address(self, exhibit: Exhibit) -> str:
        return self.origin + self._places[id(exhibit)]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; 404 with the same headers for what the site would have under another address."""
        if path == style_sheet().address and self._styled:
            headers = {**SECURITY_HEADERS, "content-type": "text/css; charset=utf-8"}
            return 200, headers, style_sheet().content
        exhibit = self._at.get(path)
        if exhibit is None:
            return 404, dict(SECURITY_HEADERS), b""
        headers = {name: values[0] for name, values in exhibit.shown.headers.items()}
        return exhibit.shown.status, headers, exhibit.shown.body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hall = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                hall.asked.append(self.path)
                status, headers, body = hall.answer(self.path)
                self.send_response_only(status)
                for name, value in headers.items():
                    if name.lower() not in _MADE_HERE:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named so there
                """A test prints nothing of what is asked."""

        return Handler
