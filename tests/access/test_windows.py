"""What one test did in a window is not there for the next."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.access.windows import ChromiumWindow
from tests.journeys.chromium import Chromium

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


PRESSED = """<!doctype html><title>.</title><style>input:checked + p { display: block } p { display: none }
  span { position: relative } span span { position: absolute; inset: 0; background: white }</style>
  <label for="far">far</label> <input type="checkbox" id="plain"><p>pressed</p>
  <span><button id="covered">covered</button><span></span></span>
  <button class="two">seen</button><button class="two" hidden>unseen</button><button id="off" disabled>off</button>
  <textarea>before</textarea><input type="number">
  <div style="margin-top: 300vh"><input type="checkbox" id="far"><p>pressed</p></div>"""


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window leaves to Playwright, which does not get it."""
    asked: list[str] = []
    for method in ("click", "write"):
        monkeypatch.setattr(Chromium, method, lambda _, selector, *typed: asked.append(selector))
    return asked


def test_press_and_words_arrive_as_from_a_hand(chromium: ChromiumWindow, left: list[str]) -> None:
    chromium.page.set_content(PRESSED)
    chromium.moved()
    far = "document.querySelector('#far').getBoundingClientRect().y > innerHeight"
    assert chromium.ask(far)
    for pressed in ("#plain", "#far"):
        chromium.click(pressed)
        assert chromium.page.locator(f"{pressed}:checked + p").is_visible()
    assert not chromium.ask(far), "it was brought into view"
    chromium.click("label")
    assert not chromium.page.locator("#far").is_checked()
    chromium.write("textarea", "One.\nقالت «نعم».")
    assert chromium.page.locator("textarea").input_value() == "One.\nقالت «نعم»."
    assert '<button id="off" disabled' in chromium.source()
    assert chromium.source().startswith("<!DOCTYPE html><html")
    assert left == []


def test_what_no_hand_could_press_is_left_to_playwright(chromium: ChromiumWindow, left: list[str]) -> None:
    chromium.page.set_content(PRESSED)
    wanted = ["#covered", ".two", "#off", "#nowhere", "label >> nth=0"]
    for selector in wanted:
        chromium.click(selector)
    for selector in ("#nowhere", "input[type=number]", "textarea >> nth=0"):
        chromium.write(selector, "5")
    chromium.write("textarea", "")
    assert left == [*wanted, "#nowhere", "input[type=number]", "textarea >> nth=0", "textarea"]


def test_press_that_went_astray_is_made_again(chromium: ChromiumWindow, left: list[str]) -> None:
    """Something moved before the finger was there."""
    chromium.page.set_content(PRESSED)
    pressed = chromium.page.mouse.click
    chromium.page.mouse.click = lambda x, y: pressed(x, y + 200)  # type: ignore[method-assign]
    try:
        chromium.click("#plain")
    finally:
        chromium.page.mouse.click = pressed  # type: ignore[method-assign]
    assert left == ["#plain"]


def test_page_of_now_is_pressed(site: ThreadingHTTPServer, chromium: ChromiumWindow) -> None:
    """Also where the page became another one beside this window, or only its address did."""
    address = f"http://127.0.0.1:{site.server_port}"
    for page in ("/one", "/other", "/other#part", "/one"):
        chromium.page.goto(f"{address}{page}")
        assert f" {page.partition('#')[0]}\n" in chromium.source()
