"""The first page, the one before sending and the thanks: drawn from what was kept or made anew, they are the same
bytes, and nothing of anybody is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.http.collector_site import running_site
from kuule.collector.served.served_editions import ServedEdition
from tests.collector.browser import Browser, Shown
from tests.collector.codes_on_pages import COMING_BACK, another, shown_code
from tests.collector.site_for_tests import TestSite, start
from tests.collector.standing_orders import order_closing
from tests.study.small_study import SETTINGS, make_edition

LINKS = '[links.partners]\nk7 = "A partner"\nm4 = "Another"\n'
CLOSED = "This survey has closed. You can still finish and send what you began, until 26 November 2026."
_TOKEN = re.compile(rb'(?<=name="token" value=")[^"]+')
_CODE = re.compile(rb"\b\d{4}(?: \d{4}){4}\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with links, whose answers can be withdrawn."""
    made = tmp_path_factory.mktemp("shared")
    make_edition(made, settings=SETTINGS + COMING_BACK + LINKS)
    return made / "edition"


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(folder, tmp_path)
    connections.close_all()


def served() -> ServedEdition:
    conversation = running_site().conversation
    assert conversation is not None
    return conversation.editions.current


def kept_texts() -> str:
    return repr(served().shared_pages._kept[1]._kept)


def visited(browser: Browser, link: str = "") -> list[Shown]:
    """The first page, the one before sending, and the thanks, by a link or none."""
    shown = [browser.get(f"/{link}/en" if link else "/en")]
    browser.press("next")
    return [*shown, to_the_end(browser), browser.press("send")]


def to_the_end(browser: Browser) -> Shown:
    """Page after page with nothing answered but the gates, to the one before sending."""
    while "send" not in browser.buttons:
        names = {name.rsplit("/", 1)[-1]: name for name in browser.asked}
        browser.press("next", {names[name]: "yes" for name in ("consent", "adult") if name in names})
    return browser.shown


def same_for_all(shown: Shown) -> bytes:
    return _CODE.sub(b"", _TOKEN.sub(b"", shown.body))


@pytest.mark.parametrize("link", ["", "k7"])
def test_page_is_the_same_from_what_was_kept_and_made_anew(site: TestSite, link: str) -> None:
    first = [same_for_all(shown) for shown in visited(site.browser, link)]
    assert [same_for_all(shown) for shown in visited(another(site), link)] == first
    served().__dict__.pop("shared_pages")
    assert [same_for_all(shown) for shown in visited(another(site), link)] == first


def test_each_has_their_own_token_and_code(site: TestSite) -> None:
    codes, tokens = [], []
    for browser in (site.browser, another(site)):
        _, ending, _ = visited(browser)
        codes.append(shown_code(browser))
        tokens += _TOKEN.findall(ending.body)
    assert len(set(codes)) == len(set(tokens)) == 2


def test_nothing_of_a_visit_is_kept(site: TestSite) -> None:
    _, ending, _ = visited(site.browser, "k7")
    code, (token,) = shown_code(site.browser), _TOKEN.findall(ending.body)
    kept = kept_texts()
    assert "Thank you" in kept
    assert [text for text in (code, code.replace(" ", ""), token.decode(), "k7") if text in kept] == []


def test_first_page_by_another_link_leads_on_by_that_one(site: TestSite) -> None:
    for link in ("k7", "m4"):
        page = site.browser.get(f"/{link}/en").page
        assert page.xpath("//input[@name='link']/@value") == [link]
        assert f"/{link}/en/help" in page.xpath("//a/@href")
    assert site.browser.get("/en").page.xpath("//input[@name='link']") == []
    assert site.browser.get("/zz9/en").page.xpath("//input[@name='link']") == []


def test_what_is_kept_does_not_tell_whether_anybody_came_to_the_end(site: TestSite) -> None:
    site.browser.get("/en")
    looked_at = kept_texts()
    visited(another(site), "k7")
    assert kept_texts() == looked_at
    served().__dict__.pop("shared_pages")
    browser = another(site)
    browser.get("/en")
    browser.press("next")
    to_the_end(browser)
    served().__dict__.pop("shared_pages")
    browser.press("send")  # all else was kept by another worker
    assert kept_texts() == looked_at


def test_ending_that_is_out_of_the_ordinary_is_not_kept(site: TestSite) -> None:
    browser = site.pass_gates()
    kept = len(served().shared_pages)
    browser.press("finish")
    fields = browser.fields()
    browser.press("send")
    browser.post("/en", [*fields, ("go", "send")])
    assert "sent before" in browser.shown.words
    assert len(served().shared_pages) == kept


def test_pages_of_yesterday_are_forgotten(site: TestSite) -> None:
    visited(site.browser)
    kept = served().shared_pages._kept[1]
    site.clock.wait(days=1)
    site.browser.get("/en")
    assert served().shared_pages._kept[1] is not kept
    assert len(served().shared_pages) == len(kept)


def test_page_before_sending_says_on_the_same_day_that_the_survey_has_closed(site: TestSite) -> None:
    _, before, _ = visited(site.browser)
    browser = another(site)
    browser.get("/en")
    browser.press("next")
    order_closing()
    after = to_the_end(browser)
    assert after.heading == before.heading
    assert [CLOSED in shown.words for shown in (before, after)] == [False, True]


def test_nothing_is_said_of_withdrawing_once_the_day_is_over(site: TestSite) -> None:
    before = visited(site.browser)
    assert "30 June 2027" in before[1].words
    assert before[2].page.find_class("twenty")
    site.clock.wait(days=300)
    after = visited(another(site))
    assert "30 June 2027" not in "".join(shown.words for shown in after)
    assert after[2].page.find_class("twenty") == []
    assert "/en/withdraw" in before[0].page.xpath("//a/@href")
    assert "/en/withdraw" not in after[0].page.xpath("//a/@href")
