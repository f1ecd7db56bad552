"""Long words have soft hyphens where they are seen. Nothing that is posted, copied, heard apart or kept has one."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest

from kuule.collector.served.served_editions import served_language
from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN
from tests.collector.browser import Shown
from tests.collector.pages.test_pages import PAGES
from tests.collector.site_for_tests import TestSite

NOT_WITHIN = ("title", "option", "textarea", "code", "bdi")
WORD = "Integritetsskyddsmyndigheten undersökningen tillgänglig"


@pytest.fixture(params=sorted(PAGES))
def shown(request: pytest.FixtureRequest, site: TestSite) -> Shown:
    return PAGES[request.param](site)


def hidden(page: lxml.html.HtmlElement) -> Iterator[str]:
    """What stands in attributes, and in elements whose words are compared, copied or sent."""
    for element in page.iter():
        yield from (f"{name}={value}" for name, value in element.attrib.items())
        if element.tag in NOT_WITHIN or "rescued" in (element.get("class") or ""):
            yield element.text_content()


def test_no_page_has_one_where_it_is_not_seen(shown: Shown) -> None:
    assert [text for text in hidden(shown.page) if SOFT_HYPHEN in text] == []


def test_pages_have_them_where_a_long_word_is_seen(site: TestSite) -> None:
    assert SOFT_HYPHEN in site.browser.get("/sv/privacy").body.decode()
    assert SOFT_HYPHEN not in site.browser.get("/ar/privacy").body.decode()


def test_one_s_own_words_come_back_and_are_kept_as_they_were_typed(site: TestSite) -> None:
    browser = site.answer({"wish": WORD}, "sv")
    browser.press("review")
    assert [one.text_content() for one in browser.shown.page.xpath("//dd") if "skydds" in one.text_content()] == [WORD]
    browser.press("back")
    assert browser.shown.page.xpath("//textarea")[0].text_content().strip() == WORD
    browser.press("next")
    browser.press("send")
    (record,) = site.kept()
    assert record.answers["/data/end/page_wish/wish"] == WORD


def test_words_that_could_not_be_kept_are_given_back_as_they_were_typed(site: TestSite) -> None:
    fields = [("token", "x"), ("page", "00000000./data/nowhere"), ("/data/nowhere", WORD), ("go", "next")]
    shown = site.begin("sv").post("/sv", fields)
    assert [one.text_content() for one in shown.page.find_class("rescued")] == [WORD]


def test_texts_of_a_served_language_are_those_that_were_frozen(site: TestSite) -> None:
    for tag in site.edition.languages:
        served = served_language(site.edition, tag)
        assert dict(served.texts) == dict(site.edition.texts(tag))
        assert [text for text in served.interface.texts.values() if SOFT_HYPHEN in text] == []
