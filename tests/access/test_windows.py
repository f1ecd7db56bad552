"""What one test did in a window is not there for the next."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.access.windows import ChromiumWindow

pytestmark = pytest.mark.browser
SEEN = """[innerWidth, history.length, matchMedia('(prefers-color-scheme: dark)').matches,
  matchMedia('(prefers-reduced-motion: reduce)').matches, matchMedia('(forced-colors: active)').matches,
  matchMedia('print').matches, navigator.onLine]"""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    """Shows each request to who sent it, says how often it came, sets a cookie, and lets itself be kept."""

    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            times = asked.count(self.path)
            body = f"<!doctype html><title>.</title><pre>{times} {self.path}\n{self.headers}</pre>".encode()
            self.send_response_only(200)
            for name, value in (
                ("Content-Type", "text/html"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "max-age=3600"),
                ("Set-Cookie", "seen=here"),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_nothing_of_one_test_is_in_the_window_of_the_next(
    site: ThreadingHTTPServer, one_chromium: ChromiumWindow
) -> None:
    address = f"http://127.0.0.1:{site.server_port}"
    with one_chromium.awake():
        one_chromium.anew()
        one_chromium.open(f"{address}/first")
        fresh = one_chromium.ask(SEEN)
        change_everything(one_chromium, address)
        changed = one_chromium.ask(SEEN)
        assert [now for now, then in zip(changed, fresh, strict=True) if now == then] == []

        one_chromium.again()
        assert len(one_chromium.page.context.pages) == 1
        assert one_chromium.page.locator("body").inner_text() == ""
        assert one_chromium.page.context.cookies() == []
        one_chromium.open(f"{address}/cached")
        assert one_chromium.ask(SEEN) == fresh
        told = one_chromium.page.locator("pre").inner_text()
        assert told.startswith("2 /cached"), "what was kept is asked for once more"
        assert [word for word in ("X-Left", "Cookie") if word.lower() in told.lower()] == []
        assert len(one_chromium.page.context.cookies()) == 1


def change_everything(window: ChromiumWindow, address: str) -> None:
    """All that tests do to a window, at once: its size, its wishes, its headers, its line, its cookies, its tabs."""
    window.open(f"{address}/cached")
    window.open(f"{address}/last")
    window.page.set_viewport_size({"width": 320, "height": 640})
    window.page.set_extra_http_headers({"X-Left": "dark"})
    window.page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active")
    window.page.route("**/*", lambda route: route.abort())
    window.page.context.add_cookies([{"name": "other", "value": "there", "url": address}])
    window.page.context.new_page().goto("about:blank")
    window.page.context.set_offline(True)
