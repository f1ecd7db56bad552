"""Questions that come because of an answer just given: a page of their own, and nothing of the page before is lost."""

from __future__ import annotations

import pytest

from kuule.web.length_hiding.form_padding import FORM_STEP
from tests.collector.browser import Browser
from tests.collector.pages.more_on_a_page import asks
from tests.collector.pages.test_form_padding import length, told
from tests.collector.site_for_tests import TestSite, field

GIVEN: dict[str, str | list[str]] = {
    "one": "very_often", "many": ["never", "very_often"], "calm": "sometimes", "tired": "", "listed": "never",
    "order": ["very_often", "never", ""], "day~day": "5", "day~month": "9", "day~year": "2024", "years": "12345",
    "line": 'A "line" <b>', "lines": "First\nsecond & third", "seen": "OK",
}  # fmt: skip
KEPT = {
    "one": "very_often", "many": "never very_often", "calm": "sometimes", "listed": "never",
    "order": "very_often never", "day": "2024-09-05", "years": "12345", "line": 'A "line" <b>',
    "lines": "First\nsecond & third", "seen": "OK",
}  # fmt: skip


def at_page(more_site: TestSite) -> Browser:
    """The page with every kind of answer."""
    browser = more_site.begin()
    browser.press("pick:yes")
    browser.press("pick:go_on")
    return browser


def answered(browser: Browser) -> Browser:
    """All answered, and Continue pressed."""
    asked = {name.rpartition("/")[2]: name for name in browser.asked}
    browser.press("next", {asked[name]: value for name, value in GIVEN.items()})
    return browser


def kept(more_site: TestSite) -> dict[str, str]:
    """What was sent of that page."""
    more_site.browser.press("finish")
    more_site.browser.press("send")
    (record,) = more_site.kept()
    return {path.rpartition("/")[2]: value for path, value in record.answers.items() if "/page_all/" in path}


def test_only_what_is_new_is_asked(more_site: TestSite) -> None:
    browser = answered(at_page(more_site))
    assert asks(browser) == ["more"]
    assert browser.shown.heading == "More, for those who wrote?"
    assert [mark.text for mark in browser.shown.page.find_class("mark")] == [
        "One more question, about the answer you just gave"
    ]


def test_answers_of_every_kind_go_with_it(more_site: TestSite) -> None:
    browser = answered(at_page(more_site))
    browser.press("next", {field(browser, "more"): "never"})
    assert asks(browser) == ["last"], "what comes because of this has its own page too"
    browser.press("next", {field(browser, "last"): "yes"})
    assert asks(browser) == ["with_other", "other"]
    assert kept(more_site) == {**KEPT, "more": "never", "last": "yes"}


def test_continue_without_an_answer_goes_on(more_site: TestSite) -> None:
    answered(at_page(more_site)).press("next")
    assert asks(more_site.browser) == ["with_other", "other"]
    assert kept(more_site) == KEPT


def test_skipping_it_keeps_the_page_before(more_site: TestSite) -> None:
    browser = answered(at_page(more_site))
    browser.press("pass:shown", {field(browser, "more"): "never"})
    assert asks(browser) == ["with_other", "other"]
    assert kept(more_site) == KEPT


def test_back_returns_to_the_page_before_with_what_was_answered(more_site: TestSite) -> None:
    browser = answered(at_page(more_site))
    browser.press("stay", {field(browser, "more"): "very_often"})
    assert asks(browser)[:3] == ["one", "many", "calm"]
    stands = dict(browser.stands)
    assert stands[field(browser, "one")] == "very_often"
    assert stands[field(browser, "more")] == "very_often"
    assert browser.press("back").heading == "First"


@pytest.mark.parametrize("aside", ["help", "break", "privacy"])
def test_help_and_a_break_lose_nothing(more_site: TestSite, aside: str) -> None:
    browser = answered(at_page(more_site))
    browser.press(aside, {field(browser, "more"): "sometimes"})
    browser.press("return")
    assert kept(more_site) == {**KEPT, "more": "sometimes"}


def test_forms_of_it_have_one_length(more_site: TestSite) -> None:
    browser = answered(at_page(more_site))
    assert told(browser) == {}
    assert len({length(browser, go=go) for go in browser.buttons}) == 1


def test_form_of_it_is_as_long_as_that_of_the_page_before(more_site: TestSite) -> None:
    """Where nothing is ticked or typed that would make it longer."""
    browser = at_page(more_site)
    before = length(browser)
    browser.press("next", {field(browser, "line"): "x"})
    assert (before % FORM_STEP, length(browser) - length(browser) % FORM_STEP) == (0, before)


def test_page_with_an_answer_that_does_not_fit_comes_whole(more_site: TestSite) -> None:
    browser = at_page(more_site)
    browser.press("next", {field(browser, "line"): "x", field(browser, "years"): "many"})
    assert {"one", "years", "more"} <= set(asks(browser))
    assert browser.shown.page.xpath("//*[@id='again']")


def test_several_have_a_heading(every: TestSite) -> None:
    browser = every.begin()
    while "/data/answers/places" not in browser.asked:
        gates = {name: "yes" for name in browser.asked if name.endswith("/consent")}
        browser.press("next", gates)
    browser.press("next", {"/data/answers/places": ["online", "home"], "/data/answers/plain": "often"})
    assert browser.shown.heading == "A few more questions, about the answer you just gave"
    assert asks(browser) == ["where_online", "how_home"]
    browser.press("next", {"/data/answers/where_online": "A forum"})
    browser.press("finish")
    browser.press("send")
    (record,) = every.kept()
    assert record.answers["/data/answers/plain"] == "often"
    assert record.answers["/data/answers/where_online"] == "A forum"
