"""In a browser without script: nobody meets the hidden field, and a page without a place gives back what it took."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Page

from kuule.collector.server.waiting_room import WaitingRoom
from kuule.collector.session.quality_flags import HONEYPOT_FIELD
from kuule.forms.record import Record
from tests.collector.site_for_tests import TestSite, start
from tests.journeys.chromium import Chromium
from tests.journeys.open_question import press, to_open_question
from tests.study.small_study import make_edition

WORDS = 'Two lines,\nand a "quote" <b>&amp;</b> سؤال'
pytestmark = pytest.mark.browser


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named so there
        """A test prints nothing of what is asked."""


class Served:
    """A site in this process on a real line, behind a waiting room with one place."""

    def __init__(self, folder: Path) -> None:
        make_edition(folder)
        self.site: TestSite = start(folder / "edition", folder)
        self.room = WaitingRoom(WSGIHandler(), 2_000_000, places=1, seats=1, patience=0.05)
        self._server = make_server("127.0.0.1", 0, self.room, handler_class=Quiet)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def kept(self) -> list[Record]:
        """What was sent; asked in a thread of its own, as the browser's driver has an event loop in this one."""
        with ThreadPoolExecutor(1) as alone:
            return alone.submit(self.site.kept).result()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        connections.close_all()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.stop()


@pytest.fixture
def page(served: Served, chromium: Chromium) -> Page:
    """The page of the open question, with the words typed and not yet posted."""
    chromium.open(f"{served.address}/en")
    to_open_question(chromium.page, WORDS)
    return chromium.page


def test_nobody_meets_the_hidden_field(served: Served, page: Page) -> None:
    """It has no place on the page and none in what screen readers and voice control are given."""
    press(page, "next")
    field = page.locator(f"#{HONEYPOT_FIELD}")
    assert (field.count(), field.is_visible(), field.bounding_box()) == (1, False, None)
    assert "textbox" not in page.locator("body").aria_snapshot()
    press(page, "send")
    (record,) = served.kept()
    assert record.flags == ()


def test_words_that_found_no_place_are_sent_by_one_button(served: Served, page: Page) -> None:
    with served.room.place() as taken:
        assert taken
        press(page, "next")
        assert page.locator("h1").inner_text() == "The survey is very busy right now"
        with page.context.expect_page() as beside:
            page.locator(".tools a[href$='/help']").click()
        assert page.locator("#new-page").is_visible()
    beside.value.close()
    with page.expect_navigation():
        page.locator("main button").click()
    press(page, "send")
    (record,) = served.kept()
    assert record.answers["/data/end/page_wish/wish"] == WORDS
