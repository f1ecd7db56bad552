"""A proxy before a real collector, which changes what it is told to: for each fault that a site could have."""

from __future__ import annotations

import gzip
import http.client
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.patience import PATIENCE

_AROUND = 10 + 2 + 4 + 8


@dataclass(frozen=True)
class Answer:
    """What the collector answered, or what is said instead. `drips`: after the headers nothing more comes."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    drips: bool = False

    def with_header(self, name: str, value: str | None) -> Answer:
        """Another header, or without it."""
        kept = {known: said for known, said in self.headers.items() if known.lower() != name.lower()}
        return replace(self, headers=kept if value is None else {**kept, name: value})

    def with_text(self, old: str, new: str) -> Answer:
        """Other words on the page, which has the size that it had: of that, nobody could see the change."""
        text = gzip.decompress(self.body).decode()
        return replace(self, body=_packed(text.replace(old, new).encode(), len(self.body)))

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


def _packed(content: bytes, size: int) -> bytes:
    """gzip of one size, as the collector makes it (RFC 1952, FEXTRA)."""
    squeezed = zlib.compress(content, 9, -zlib.MAX_WBITS)
    filling = bytes(size - _AROUND - len(squeezed))
    extra = b"fi" + struct.pack("<H", len(filling)) + filling
    head = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff" + struct.pack("<H", len(extra)) + extra
    return head + squeezed + struct.pack("<II", zlib.crc32(content), len(content))


Lie = Callable[[Answer], Answer]


@dataclass
class LyingProxy:
    """`lie` is what it does to each answer; `asked` has each request as "GET /en"."""

    port: int
    upstream: str
    lie: Lie = lambda answer: answer
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def lying_proxy(upstream: str, tls: ssl.SSLContext | None = None) -> Iterator[LyingProxy]:
    """A proxy before the site at this address of this machine; with a context, over TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    proxy = LyingProxy(server.server_address[1], upstream.removeprefix("http://"))
    server.proxy = proxy  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        proxy: LyingProxy = self.server.proxy  # type: ignore[attr-defined]
        proxy.asked.append(f"{self.command} {self.path}")
        said = proxy.lie(self.collector_says(proxy))
        self.send_response_only(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        if said.drips:
            self.wfile.flush()
            proxy.ended.wait(PATIENCE)
            self.close_connection = True
            return
        self.wfile.write(said.body)

    def do_POST(self) -> None:
        self.do_GET()

    def collector_says(self, proxy: LyingProxy) -> Answer:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        line = http.client.HTTPConnection(proxy.upstream, timeout=PATIENCE)
        try:
            passed = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            line.request(self.command, self.path, body or None, passed)
            answer = line.getresponse()
            said = {name.lower(): value for name, value in answer.getheaders()}
            for name in ("content-length", "connection", "transfer-encoding"):
                said.pop(name, None)
            return Answer(self.path, answer.status, said, answer.read())
        finally:
            line.close()

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            return  # whoever read went away, or did not trust the certificate

    def log_message(self, *said: Any) -> None:
        return
