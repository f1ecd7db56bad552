"""What is hardly HTTP, over a real line: the server says so or hangs up, and goes on serving everyone else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from tests.collector.server.servers import ask, options, serving, words_of
from tests.patience import PATIENCE

MARKER = b"marker-7f3a"
FORM = b"Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
PIECES, GZIP = b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"
BROKEN = {
    "no HTTP": MARKER + b"\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + MARKER * 20,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(40),
    "HTTP/9": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "HTTP/0.9": b"GET /en\r\n\r\n",
    "no host": b"GET /en HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /en HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "whole address": b"GET http://other.example/en HTTP/1.1\r\nHost: x\r\n\r\n",
    "asterisk": b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "connect": b"CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "trace": b"TRACE /en HTTP/1.1\r\nHost: x\r\nX-Marker: " + MARKER + b"\r\n\r\n",
    "long address": b"GET /" + MARKER * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "long header": b"GET /en HTTP/1.1\r\nHost: x\r\nA: " + MARKER * 9_000 + b"\r\n\r\n",
    "many headers": b"GET /en HTTP/1.1\r\nHost: x\r\n" + b"".join(b"h%d: x\r\n" % n for n in range(300)) + b"\r\n",
    "header without a name": b"GET /en HTTP/1.1\r\nHost: x\r\n: " + MARKER + b"\r\n\r\n",
    "header with a line break": b"GET /en HTTP/1.1\r\nHost: x\r\nA: b\r\n c\rd\r\n\r\n",
    "zero bytes": b"GET /en\x00" + MARKER + b" HTTP/1.1\r\nHost: x\x00\r\n\r\n",
    "other letters": "GET /en/سؤال HTTP/1.1\r\nHost: x\r\nA: سؤال\r\n\r\n".encode(),
    "bad percent": b"GET /en/%zz%ff%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "up the tree": b"GET /en/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "negative length": b"POST /en HTTP/1.1\r\n" + FORM + b"Content-Length: -5\r\n\r\nabcde",
    "two lengths": b"POST /en HTTP/1.1\r\n" + FORM + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "length in words": b"POST /en HTTP/1.1\r\n" + FORM + b"Content-Length: five\r\n\r\nabcde",
    "length and pieces": b"POST /en HTTP/1.1\r\n" + FORM + b"Content-Length: 4\r\n" + PIECES + b"\r\n0\r\n\r\n",
    "broken pieces": b"POST /en HTTP/1.1\r\n" + FORM + PIECES + b"\r\nzz\r\nabc\r\n",
    "body of a GET": b"GET /en HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n" + MARKER,
    "method in small letters": b"post /en HTTP/1.1\r\n" + FORM + b"Content-Length: 3\r\n\r\na=b",
    "made up method": b"GIMME /en HTTP/1.1\r\nHost: x\r\n\r\n",
    "compressed": b"POST /en HTTP/1.1\r\n" + FORM + GZIP + b"Content-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
    "wait for 100": b"POST /en HTTP/1.1\r\n" + FORM + b"Expect: 100-continue\r\nContent-Length: 7\r\n\r\ngo=next",
    "upgrade": b"GET /en HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}  # fmt: skip
"""Names and what is sent. After it our end of the line is shut, so that nobody waits for more."""


@pytest.fixture(scope="module")
def server(edition_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServeOptions]:
    wanted = options(edition_folder, folder=tmp_path_factory.mktemp("raw"), workers=1)
    with serving(wanted):
        yield wanted


def answer(port: int, sent: bytes) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as line:
        came = []
        try:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65_536):
                came.append(piece)
        except ConnectionError:
            pass
        return b"".join(came)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_http_is_refused_and_harms_nobody(server: ServeOptions, name: str) -> None:
    came = answer(server.port, BROKEN[name])
    statuses = [int(line.split()[1]) for line in came.splitlines() if line.startswith(b"HTTP/1.")]
    assert [status for status in statuses if status >= 500] == [], came[:300]
    assert MARKER not in came
    assert ask(server.port)[0] == 200


def test_nothing_is_said_of_any_of_it(server: ServeOptions) -> None:
    for sent in BROKEN.values():
        answer(server.port, sent)
    assert words_of(server) == []


def test_answers_of_the_server_below_have_no_words_and_tell_only_the_hour(server: ServeOptions) -> None:
    """Documented in docs/how-to/serve.md: granian has no option for its own 400, 414 and 431."""
    for name in ("no HTTP", "long address", "many headers"):
        head, _, body = answer(server.port, BROKEN[name]).partition(b"\r\n\r\n")
        names = {line.partition(b":")[0].lower() for line in head.splitlines()[1:]}
        assert (names, body) == ({b"connection", b"content-length", b"date"}, b"")
