"""deploy/tor without tor: haproxy before a collector, as tor speaks to it. No clock, no name, nobody's marks."""

from __future__ import annotations

import http.server
import os
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.collector.server.onion_lines import ONION, Answered, Through, ask_onion, circuit_line, onion_browser
from tests.collector.server.servers import serving
from tests.collector.server.test_onion_service import onion_options
from tests.deploy.haproxy_for_tests import Front, needs_haproxy, running_haproxy
from tests.deploy.test_memory import A_MOMENT, copies, visit, words
from tests.patience import PATIENCE
from tests.study.small_study import make_edition

pytestmark = [pytest.mark.whole, needs_haproxy]
HOST = ONION.removeprefix("http://")
MARKER = "zebra-7f3a-umbrella"
FORM = b"wish=To+be+heard." + b"&even=" + b"+" * 2400
MARKS = {
    "User-Agent": MARKER, "Referer": f"http://{MARKER}/", "Cookie": f"a={MARKER}", "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.77", "Forwarded": "for=203.0.113.77", "Via": MARKER, "Kuule-Circuit": MARKER,
    "Sec-Fetch-Site": "same-origin", "Accept-Language": "sv",
}  # fmt: skip
HALF_FORMS = 900


@dataclass
class Behind:
    """What stands behind haproxy in a test that asks what is handed on."""

    socket: Path
    asked: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def recorder(folder: Path) -> Iterator[Behind]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            behind.asked.append({name.lower(): value for name, value in self.headers.items()})
            behind.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def address_string(self) -> str:
            return ""

        def log_message(self, *_: object) -> None:
            """Nothing."""

    class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads = True

    behind = Behind(folder / "behind.sock")
    server = Server(str(behind.socket), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield behind
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Site:
    """A collector at its socket, and haproxy before it."""

    collector: Path
    front: Front


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("onion")
    make_edition(folder)
    wanted = onion_options(folder / "edition", folder)
    assert wanted.socket is not None
    with serving(wanted), running_haproxy(wanted.socket) as front:
        yield Site(wanted.socket, front)


def ask(front: Front, body: bytes | None = FORM, circuit: int = 7, path: str = "/en") -> Answered:
    return ask_onion(ONION, Through(front.socket, circuit_line(circuit)), path, body=body, headers=MARKS)


def said(front: Front, request: bytes) -> bytes:
    """What comes back on a line of its own, to the end of the headers."""
    with Through(front.socket, circuit_line(7)).open(HOST) as line:
        line.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got and (piece := line.recv(65536)):
            got += piece
        return got


def test_circuit_is_handed_on_and_nothing_else_that_tells_one_person_from_another(tmp_path: Path) -> None:
    with recorder(tmp_path) as behind, running_haproxy(behind.socket) as front:
        assert ask(front, circuit=0x10002).status == 200
    (asked,) = behind.asked
    assert asked.pop("kuule-circuit") == "fc00:dead:beef:4dad::1:2"
    assert (asked["host"], asked["accept-language"], MARKER in str(asked), "203.0" in str(asked)) == (
        HOST, "sv", False, False,
    )  # fmt: skip
    assert behind.bodies == [FORM]


def test_form_is_handed_on_when_it_is_whole(tmp_path: Path) -> None:
    with recorder(tmp_path) as behind, running_haproxy(behind.socket) as front:
        with Through(front.socket, circuit_line(7)).open(HOST) as line:
            head = f"POST /en HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {len(FORM)}\r\nConnection: close\r\n\r\n"
            line.sendall(head.encode() + FORM[:900])
            assert ask(front).status == 200
            assert behind.bodies == [FORM]
            line.sendall(FORM[900:])
            assert line.recv(100).split()[1] == b"200"
        assert behind.bodies == [FORM] * 2
        large = b"w" * 1_900_000
        assert ask(front, large).status == 200
        assert behind.bodies[-1] == large


def test_many_lines_with_half_a_form_keep_nobody_out(tmp_path: Path) -> None:
    with recorder(tmp_path) as behind, running_haproxy(behind.socket) as front, ExitStack() as lines:
        for number in range(HALF_FORMS):
            line = lines.enter_context(Through(front.socket, circuit_line(number)).open(HOST))
            line.sendall(f"POST /en HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 50000\r\n\r\nw".encode())
        assert [ask(front).status for _ in range(5)] == [200] * 5
        assert behind.bodies == [FORM] * 5


@pytest.mark.parametrize(
    "request_",
    [f"GET /en HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode(), b"no request\r\n\r\n",
     f"POST /en HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n".encode(),
     b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"w" * 80_000 + b"\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ids=["page", "nonsense", "too large", "long headers", "http/2"],
)  # fmt: skip
def test_no_answer_says_the_time_or_what_made_it(site: Site, request_: bytes) -> None:
    answered = said(site.front, request_)
    assert answered.startswith(b"HTTP/1.1 ")
    head = answered.partition(b"\r\n\r\n")[0].lower()
    assert not any(word in head for word in (b"\r\ndate:", b"\r\nserver:", b"haproxy", b"granian", b"\r\nage:"))


def test_page_of_a_collector_that_is_gone_says_so_in_words(tmp_path: Path) -> None:
    with running_haproxy(tmp_path / "gone.sock") as front:
        answered = ask(front)
    assert (answered.status, b"Not reachable just now" in answered.body) == (503, True)
    assert (answered.headers["cache-control"], "date" in answered.headers) == ("no-store", False)


def test_line_that_tells_no_circuit_is_not_taken(tmp_path: Path) -> None:
    """Whoever reaches the socket and is not tor."""
    with recorder(tmp_path) as behind, running_haproxy(behind.socket) as front:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(front.socket))
            line.sendall(f"GET /en HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            with suppress(ConnectionResetError):
                assert line.recv(1000) == b""
        assert behind.asked == []


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux reads another process's memory"
)
def test_visit_leaves_nothing_in_haproxy(site: Site) -> None:
    with running_haproxy(site.collector, environment={}) as careless:
        assert left(careless) > 0, "the search would not see it"
    assert left(site.front) == 0


def left(front: Front) -> int:
    found = 0
    for _ in range(4):
        text, mark = words()
        with onion_browser(ONION, Through(front.socket, circuit_line(7))) as browser:
            visit(browser, text)
        time.sleep(A_MOMENT)
        found += copies([front.process], mark)
    return found
