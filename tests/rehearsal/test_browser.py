"""The browser of the rehearsal against a small real site: it follows, keeps its connection, and never leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kuule.rehearsal.browser import Browser, RehearsalError, is_loopback


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/to"):
            self.send_page(303, "", {"Location": "/to" if self.path == "/to-circle" or self.path == "/to" else "/end"})
            return
        if self.path == "/closing":
            self.close_connection = True
        cookies = self.headers.get("Cookie", "no cookie")
        self.send_page(200, f"<h1>GET {self.path} {cookies} port {self.client_address[1]}</h1>", {"Set-Cookie": "a=b"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_page(422, f"<h1>POST {self.path} {body}</h1>", {})

    def send_page(self, status: int, html: str, headers: dict[str, str]) -> None:
        content = html.encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content)), "Content-Type": "text/html"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *said: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_form_is_sent_as_browsers_do_and_a_status_is_told(site: str):
    with Browser(site) as browser:
        seen = browser.post("/en", [("told", "yes"), ("who", "a b"), ("who", "ö")])
    assert (seen.status, seen.heading) == (422, "POST /en told=yes&who=a+b&who=%C3%B6")


def test_connection_is_kept_and_no_cookie_comes_back(site: str):
    with Browser(site) as browser:
        assert browser.get("/a").heading.split()[3:] == browser.get("/a").heading.split()[3:]
        assert browser.get("/a").heading.split()[2:4] == ["no", "cookie"]


def test_connection_that_was_closed_meanwhile_is_opened_again(site: str):
    with Browser(site) as browser:
        browser.get("/closing")
        assert browser.get("/after").heading.startswith("GET /after")


def test_redirect_is_followed_and_a_circle_is_not_for_ever(site: str):
    with Browser(site) as browser:
        assert browser.get("/to-end").path == "/end"
        with pytest.raises(RehearsalError, match="DEMO_003"):
            browser.get("/to-circle")


@pytest.mark.parametrize(
    "url",
    ["http://192.0.2.1:8000", "http://survey.example", "https://127.0.0.1:8000", "127.0.0.1", "http://127.0.0.1:99999"],
)
def test_site_elsewhere_is_refused_before_anything_is_sent(url: str):
    with pytest.raises(RehearsalError, match="DEMO_002"):
        Browser(url)


def test_site_that_is_not_there_is_said():
    with Browser("http://127.0.0.1:9") as browser, pytest.raises(RehearsalError, match="DEMO_004"):
        browser.get("/")


def test_loopback_is_told_from_other_addresses():
    here, elsewhere = ["127.0.0.1", "127.8.9.1", "::1", "localhost"], ["10.0.0.1", "localhost.example", ""]
    assert [host for host in here + elsewhere if is_loopback(host)] == here
