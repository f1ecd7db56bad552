"""The review, folded by section: whoever changes an answer comes back to where it was."""

from __future__ import annotations

import pytest

from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field

SECTIONS = "//details[contains(@class, 'written')]"


def opened(browser: Browser) -> list[str]:
    """The headings of the sections that are open."""
    return [one.xpath("./summary/h2")[0].text_content() for one in browser.shown.page.xpath(f"{SECTIONS}[@open]")]


def here(browser: Browser) -> list[str]:
    """The question to which the address of the form leads."""
    return [one.xpath("./dt")[0].text_content() for one in browser.shown.page.xpath(f"{SECTIONS}//*[@id='here']")]


def test_whoever_changed_an_answer_comes_back_to_it_in_its_open_section(site: TestSite) -> None:
    browser = site.review({"age_band": "18_to_34"})
    assert (len(browser.shown.page.xpath(SECTIONS)) > 1, opened(browser), here(browser)) == (True, [], [])
    browser.press("page:/data/about/page_about")
    assert browser.form.get("action") == "/en#here"
    browser.press("review", {field(browser, "age_band"): "35_or_more"})
    assert (opened(browser), here(browser)) == (["About you"], ["How old are you?"])


def test_whoever_only_looked_comes_back_to_the_place_as_well(site: TestSite) -> None:
    browser = site.review({})
    browser.press("page:/data/about/page_years")
    browser.press("review")
    assert (opened(browser), here(browser)) == (["About you"], ["For how many years have you lived there?"])


@pytest.mark.parametrize("aside", ["help", "break"])
def test_whoever_comes_from_elsewhere_finds_it_closed(site: TestSite, aside: str) -> None:
    browser = site.review({})
    browser.press("page:/data/about/page_years")
    browser.press("review")
    browser.press(aside)
    browser.press("return")
    assert (opened(browser), here(browser)) == ([], [])


def test_no_page_before_the_review_has_a_place_in_its_address(site: TestSite) -> None:
    assert site.pass_gates().form.get("action") == "/en"
