"""A connection to a server, kept open as a browser does, with all bytes counted: headers and bodies, up and down."""

from __future__ import annotations

import gzip
import re
import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_MOST = 1 << 18
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_GZIP = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)

BROWSER = (
    "Connection: keep-alive\r\n"
    "Cache-Control: max-age=0\r\n"
    'sec-ch-ua: "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"\r\n'
    "sec-ch-ua-mobile: ?1\r\n"
    'sec-ch-ua-platform: "Android"\r\n'
    "Upgrade-Insecure-Requests: 1\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7\r\n"
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: en-GB,en;q=0.9,sv;q=0.8\r\n"
)
"""The headers that a browser on a phone sends with every page: about 700 bytes, and they count too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`size` is that of the body as it was sent; `content` is the body decompressed."""

    status: int
    head: bytes
    size: int
    content: bytes


class Line:
    """A kept connection to this machine. `up` and `down` are all bytes that went over it."""

    def __init__(self, port: int, says: str = BROWSER) -> None:
        self._host = f"127.0.0.1:{port}"
        self._says = says
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.up = self.down = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Send one request, and return the answer."""
        request = request_of(self._host, method, path, body, self._says)
        self._socket.sendall(request)
        self.up += len(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, content = got.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None:
            raise ValueError(f"an answer without a length: {head[:200]!r}")
        while len(content) < int(length.group(1)):
            content += self._more()
        self.down += len(head) + 4 + len(content)
        unpacked = gzip.decompress(content) if _GZIP.search(head) else content
        return Answer(int(head[9:12]), head, len(content), unpacked)

    def _more(self) -> bytes:
        more = self._socket.recv(_MOST)
        if not more:
            raise ConnectionError("the server closed the line")
        return more


def request_of(host: str, method: str, path: str, body: bytes, says: str) -> bytes:
    """The bytes of the request with which a browser sends a form."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{says}"
    if method == "POST":
        head += f"Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode("ascii") + body
