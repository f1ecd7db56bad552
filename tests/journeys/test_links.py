"""A link in a study's text, in real browsers with script off: what was typed stays, and nobody is told from where."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import lxml.html
import pytest

from tests.journeys.chromium import Chromium
from tests.journeys.controls import CONTINUE
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, open_house
from tests.patience import wait_until
from tests.ports import free_port
from tests.sampling import matrix
from tests.study.small_study import FORM, make_edition

pytestmark = pytest.mark.browser
WISH = "| | text | wish |"


class Elsewhere(ThreadingHTTPServer):
    """A site of somebody else, which notes what browsers tell it."""

    def __init__(self) -> None:
        told: list[dict[str, str]] = []

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/list":
                    told.append({name.lower(): value for name, value in self.headers.items()})
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<title>elsewhere</title><h1>A list</h1>")

            def log_message(self, *said: object) -> None:
                return

        super().__init__(("127.0.0.1", 0), Page)
        self.told = told


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def other() -> Iterator[Elsewhere]:
    with elsewhere() as server:
        yield server


@pytest.fixture(scope="module")
def house(other: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("links")
    note = f"| | note | more | Read [a list](http://127.0.0.1:{other.server_address[1]}/list). | | | | |"
    form = FORM.replace(WISH, f"{note}\n{WISH}")
    with open_house(House(folder, make_edition(folder, form=form), free_port())) as opened:
        yield opened


@pytest.mark.parametrize("window", matrix(["chromium", "firefox"], ["chromium"]), indirect=True)
def test_page_stays_with_what_was_typed_and_the_other_site_is_told_nothing(
    house: House, other: Elsewhere, window: Chromium | Firefox
) -> None:
    other.told.clear()
    window.open(f"{house.url}/en")
    window.follow("button.button")
    for _ in range(2):
        window.click('input[value~="yes"]')
        window.follow(CONTINUE)
    while "a list" not in window.source():
        window.follow(CONTINUE)
    assert "A link with ↗ opens a new page" in window.source()
    window.write("textarea", "That someone listens.")
    window.click(".note a")
    wait_until(lambda: other.told)
    [told] = other.told
    assert {"referer", "cookie", "origin"} & set(told) == set()
    window.follow(CONTINUE)
    window.follow('button[value^="review"]')
    assert "That someone listens." in lxml.html.document_fromstring(window.source()).xpath("string()")
