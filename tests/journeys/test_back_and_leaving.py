"""What the welcome page says of Back and of leaving, tried in a real browser without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page

from tests.collector.server.servers import small_site
from tests.journeys.chromium import Chromium
from tests.journeys.open_question import press, to_open_question

WORDS = "Words that took long to write."
ELSEWHERE = "data:text/html,<h1>Elsewhere</h1>"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with small_site(tmp_path_factory.mktemp("leaving")) as address:
        yield address


@pytest.fixture
def page(url: str, fresh_chromium: Chromium) -> Page:
    """The page of the open question, with the words typed and not yet posted."""
    fresh_chromium.open(f"{url}/en")
    to_open_question(fresh_chromium.page, WORDS)
    return fresh_chromium.page


def go_back(page: Page) -> str:
    """Press the browser's Back; the address that it shows then."""
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_url("chrome-error://**")
    return page.url


def send_again(page: Page) -> None:
    """What "reload" and "Continue" in the browser's notice do."""
    with page.expect_navigation():
        page.reload()


def test_our_own_back_loses_nothing(page: Page) -> None:
    press(page, "back")
    press(page, "next")
    assert page.locator("textarea").input_value() == WORDS


def test_browsers_back_shows_a_notice_and_the_page_when_sent_again(page: Page) -> None:
    press(page, "next")
    assert page.locator("h1").all_text_contents() == ["You’ve reached the end"]
    assert go_back(page) == "chrome-error://chromewebdata/"
    send_again(page)
    assert page.locator("textarea").count() == 1


def test_what_was_typed_and_not_posted_is_gone_when_one_has_left(page: Page) -> None:
    page.goto(ELSEWHERE)
    go_back(page)
    send_again(page)
    assert page.locator("textarea").input_value() == ""
