"""deploy/nginx, run: it closes the line, passes nobody's marks on, and no address, form or page reaches a file."""

from __future__ import annotations

import http.client
import http.server
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN
from tests.collector.server.servers import serving
from tests.deploy.nginx_for_tests import NAME, Nginx, needs_nginx, running_nginx
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.study.small_study import make_edition

pytestmark = [
    pytest.mark.whole,
    needs_nginx,
]
ADDRESS = "127.0.0.77"
MARKER = "zebra-7f3a-umbrella"
BODY = f"x={MARKER}&y=".encode() + b"a" * 900_000
HEADERS = {
    "Host": NAME, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": MARKER, "Referer": f"https://{MARKER}/",
    "Cookie": f"a={MARKER}", "X-Forwarded-For": "203.0.113.77", "X-Real-IP": "203.0.113.77",
    "Forwarded": "for=203.0.113.77", "Via": MARKER, "Sec-Fetch-Site": "same-origin", "Accept-Language": "sv",
}  # fmt: skip


@dataclass
class Behind:
    """What stands behind nginx in a test that asks what is passed on."""

    port: int
    asked: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def recorder(page: bytes = b"p" * 600_000) -> Iterator[Behind]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            behind.asked.append({name.lower(): value for name, value in self.headers.items()})
            behind.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    behind = Behind(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield behind
    finally:
        server.shutdown()
        server.server_close()


def ask(nginx: Nginx, method: str = "POST", path: str = "/sv", body: bytes | None = BODY) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(NAME)
    connection.sock = nginx.connect(ADDRESS)
    with closing(connection):
        connection.request(method, path, body, HEADERS)
        response = connection.getresponse()
        response.content = response.read()  # type: ignore[attr-defined]
        return response


def kept(nginx: Nginx) -> list[str]:
    """Files with an address or a mark in it. A log is written after the answer, so there is a moment to wait for."""
    time.sleep(0.5)
    marks = [MARKER.encode(), quote(MARKER).encode(), ADDRESS.encode(), b"203.0.113.77"]
    return [path.name for path in nginx.files() if any(mark in path.read_bytes() for mark in marks)]


def test_what_tells_one_person_from_another_is_not_passed_on() -> None:
    with recorder() as behind, running_nginx(behind.port) as nginx:
        assert ask(nginx).status == 200
    (asked,) = behind.asked
    assert set(asked) == {
        "host",
        "content-type",
        "content-length",
        "sec-fetch-site",
        "accept-language",
        "accept-encoding",
    }
    assert (asked["host"], asked["sec-fetch-site"], asked["accept-language"]) == (NAME, "same-origin", "sv")
    assert behind.bodies == [BODY]


def test_form_and_page_stay_in_memory() -> None:
    """Where they could be written nothing can, and both arrive whole."""
    with recorder() as behind, running_nginx(behind.port) as nginx:
        response = ask(nginx)
        assert (response.status, len(response.content), behind.bodies) == (200, 600_000, [BODY])  # type: ignore[attr-defined]
        assert kept(nginx) == []


def test_form_that_would_be_written_to_a_file_breaks_so_the_test_before_would_see_it() -> None:
    smaller = ("client_body_buffer_size 3m", "client_body_buffer_size 8k")
    single = ("client_body_in_single_buffer on", "client_body_in_single_buffer off")
    with recorder() as behind, running_nginx(behind.port, (smaller, single)) as nginx:
        assert ask(nginx).status == 500
        assert behind.bodies == []


def test_form_in_pieces_arrives_whole_and_in_memory() -> None:
    with recorder() as behind, running_nginx(behind.port) as nginx:
        connection = http.client.HTTPConnection(NAME)
        connection.sock = nginx.connect(ADDRESS)
        with closing(connection):
            connection.request("POST", "/sv", iter([BODY[:70_000], BODY[70_000:]]), HEADERS, encode_chunked=True)
            assert connection.getresponse().status == 200
        assert behind.bodies == [BODY]
        assert "transfer-encoding" not in behind.asked[0]


def test_whatever_goes_wrong_no_file_knows_who_was_there() -> None:
    with recorder() as behind, running_nginx(behind.port) as nginx:
        assert ask(nginx, body=BODY * 3).status == 413
        with nginx.connect(ADDRESS) as line:
            line.sendall(f"{MARKER} / {MARKER}\r\n\r\n".encode())
            line.recv(1000)
        with socket.create_connection(("127.0.0.1", nginx.port), PATIENCE, (ADDRESS, 0)) as line:
            line.sendall(f"GET /{MARKER} HTTP/1.1\r\n\r\n".encode())
            line.recv(1000)
        with nginx.connect(ADDRESS) as line:
            line.sendall(b"POST /sv HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + BODY[:300_000])
        assert kept(nginx) == []
    with running_nginx(free_port()) as nginx:
        response = ask(nginx)
        assert response.status == 503
        assert b"Not reachable just now" in response.content  # type: ignore[attr-defined]
        assert "no-store" in (response.getheader("Cache-Control") or "")
        assert kept(nginx) == []


def test_probe_finds_what_usual_logs_would_keep() -> None:
    usual = (
        ("access_log off;", "access_log FOLDER/seen.log;"),
        ("error_log /dev/null emerg;", "error_log FOLDER/broke.log;"),
    )
    with running_nginx(free_port(), usual) as nginx:
        assert ask(nginx).status == 503
        assert sorted(kept(nginx)) == ["broke.log", "seen.log"]


def test_line_is_closed_against_a_quantum_computer_and_no_visit_is_known_again() -> None:
    with recorder() as behind, running_nginx(behind.port) as nginx:
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{nginx.port}", "-servername", NAME, "-groups"]
        said = subprocess.run([*command, "X25519MLKEM768"], input=b"", capture_output=True, check=False).stdout
        assert b"Negotiated TLS1.3 group: X25519MLKEM768" in said
        assert b"New Session Ticket" not in said
        with nginx.connect() as line:
            assert line.version() == "TLSv1.3"
            assert not line.session_reused


def test_name_that_is_not_ours_gets_no_certificate() -> None:
    with recorder() as behind, running_nginx(behind.port) as nginx:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", nginx.port), PATIENCE) as line, pytest.raises(ssl.SSLError):
            context.wrap_socket(line, server_hostname="other.example.org")


def test_visit_goes_through_to_a_collector(tmp_path: Path) -> None:
    make_edition(tmp_path)
    wanted = ServeOptions(
        (tmp_path / "edition",), f"sqlite:///{tmp_path / 'kept.sqlite3'}", port=free_port(), rehearsal=True, drafts=True
    )
    with serving(wanted), running_nginx(wanted.port) as nginx:
        response = ask(nginx, "GET", "/en", None)
        assert response.status == 200
        assert response.getheader("Strict-Transport-Security") is None  # browsers write down who sent it
        shown = response.content.decode().replace(SOFT_HYPHEN, "")  # type: ignore[attr-defined]
        assert "An organisation" in shown
        begun = ask(nginx, "POST", "/en", b"go=next")
        assert begun.status == 200
        assert b'name="token"' in begun.content  # type: ignore[attr-defined]
        too_much = ask(nginx, "POST", "/en", BODY * 2)
        assert b"<h1" in too_much.content  # type: ignore[attr-defined]
        assert kept(nginx) == []


def test_name_without_https_leads_to_the_first_page_and_nothing_of_it_is_kept() -> None:
    """A browser keeps a permanent redirect for years, and so the name of the site."""
    with running_nginx(free_port()) as nginx:
        connection = http.client.HTTPConnection("127.0.0.1", nginx.open_line, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", f"/{MARKER}", headers=HEADERS)
            response = connection.getresponse()
        assert (response.status, response.getheader("Location")) == (302, f"https://{NAME}/")
        assert response.getheader("Cache-Control") == "no-store"


def test_certificate_is_renewed_beside_the_redirect() -> None:
    with running_nginx(free_port()) as nginx:
        asked = nginx.folder / "acme" / ".well-known" / "acme-challenge" / "q7"
        asked.parent.mkdir(parents=True)
        asked.write_text("said", "utf-8")
        connection = http.client.HTTPConnection("127.0.0.1", nginx.open_line, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", "/.well-known/acme-challenge/q7")
            response = connection.getresponse()
            assert (response.status, response.read()) == (200, b"said")


def test_no_line_is_http_2() -> None:
    """Its one buffer a worker keeps what was typed until the next form, whatever the allocator does (decision 0043)."""
    with recorder() as behind, running_nginx(behind.port) as nginx:
        context = ssl.create_default_context(cafile=str(nginx.folder / "fullchain.pem"))
        context.set_alpn_protocols(["h2", "http/1.1"])
        raw = socket.create_connection(("127.0.0.1", nginx.port), PATIENCE)
        with context.wrap_socket(raw, server_hostname=NAME) as line:
            assert line.selected_alpn_protocol() == "http/1.1"
            line.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            assert line.recv(1000).startswith(b"HTTP/1.1 400 ")
