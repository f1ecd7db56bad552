"""Lines to an onion service as its visitors have them: past Tor, at a Unix socket of this machine."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kuule.collector.served.onion_address import onion_name
from kuule.rehearsal.browser import Browser
from tests.patience import PATIENCE

ONION = f"http://{onion_name(bytes(32))}"


@dataclass(frozen=True)
class Through:
    """A Unix socket, with what a line begins with before HTTP does (the header of a proxy)."""

    path: Path
    before: bytes = b""

    def open(self, host: str) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(str(self.path))
            line.sendall(self.before)
        except OSError:
            line.close()
            raise
        return line


@dataclass(frozen=True)
class ThroughTor:
    """The port of a visitor's tor (SOCKS 5, RFC 1928 and 1929). Visitors of different names have different circuits."""

    port: int
    visitor: str

    def open(self, host: str) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        name, wanted = self.visitor.encode(), host.encode()
        try:
            line.sendall(b"\x05\x01\x02")
            _expect(line, b"\x05\x02")
            line.sendall(b"\x01" + bytes([len(name)]) + name + b"\x01x")
            _expect(line, b"\x01\x00")
            line.sendall(b"\x05\x01\x00\x03" + bytes([len(wanted)]) + wanted + (80).to_bytes(2, "big"))
            _expect(line, b"\x05\x00")
            _received(line, 8)
        except OSError:
            line.close()
            raise
        return line


def _expect(line: socket.socket, answer: bytes) -> None:
    got = _received(line, len(answer))
    if got != answer:
        raise ConnectionError(f"tor answered {got.hex()}")


def _received(line: socket.socket, number: int) -> bytes:
    got = b""
    while len(got) < number and (piece := line.recv(number - len(got))):
        got += piece
    return got


class OnionConnection(http.client.HTTPConnection):
    """HTTP to a name that no resolver knows, over a line that `through` opens."""

    def __init__(self, host: str, through: Through | ThroughTor) -> None:
        super().__init__(host, timeout=PATIENCE)
        self.through = through

    def connect(self) -> None:
        self.sock = self.through.open(self.host)


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def ask_onion(
    onion: str,
    through: Through | ThroughTor,
    path: str = "/en",
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] = {},
) -> Answered:
    with closing(OnionConnection(onion.removeprefix("http://"), through)) as connection:
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        got = {name.lower(): value for name, value in response.getheaders()}
        return Answered(response.status, got, response.read())


def onion_browser(onion: str, through: Through | ThroughTor) -> Browser:
    """A browser without script that asks the service and nobody else."""
    browser = Browser("http://127.0.0.1:1")
    browser.connection = OnionConnection(onion.removeprefix("http://"), through)
    return browser


def circuit_line(number: int) -> bytes:
    """What tor writes before the first byte of a stream (HiddenServiceExportCircuitID haproxy): the number of its
    circuit as an address."""
    high, low = divmod(number, 0x10000)
    return f"PROXY TCP6 fc00:dead:beef:4dad::{high:x}:{low:x} ::1 {number % 0xFFFF} 80\r\n".encode()
