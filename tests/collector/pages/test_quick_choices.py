"""Choices as buttons (`quick`): one press answers and goes on, and nothing chosen is no answer."""

from __future__ import annotations

import pytest

from tests.collector.browser import Browser
from tests.collector.pages.more_on_a_page import asks
from tests.collector.pages.test_form_padding import length, told
from tests.collector.site_for_tests import TestSite

WAY = "/data/first/page_way/way"


def at_way(more_site: TestSite) -> Browser:
    browser = more_site.begin()
    browser.press("pick:yes")
    return browser


def kept(more_site: TestSite) -> str | None:
    """What was sent."""
    more_site.browser.press("finish")
    more_site.browser.press("send")
    (record,) = more_site.kept()
    return record.answers.get(WAY)


def test_choices_are_buttons_and_there_is_no_other_way_on(more_site: TestSite) -> None:
    browser = at_way(more_site)
    buttons = browser.shown.page.xpath("//main//button[@class='pick']")
    assert [button.xpath("string(span)") for button in buttons] == ["Go on", "Skip this section"]
    assert not browser.shown.page.xpath("//input[@type='radio']")
    assert not browser.shown.page.xpath("//main//button[starts-with(@value, 'next') or starts-with(@value, 'pass')]")


@pytest.mark.parametrize(("choice", "then"), [("go_on", "one"), ("skip_this_whole_section", "with_other")])
def test_pressing_one_answers_and_goes_on(more_site: TestSite, choice: str, then: str) -> None:
    browser = at_way(more_site)
    browser.press(f"pick:{choice}")
    assert asks(browser)[0] == then
    assert kept(more_site) == choice


def test_nothing_chosen_goes_on_without_an_answer(more_site: TestSite) -> None:
    browser = at_way(more_site)
    assert browser.buttons[0] == "next", "what the Enter key presses"
    browser.press("next")
    assert asks(browser)[0] == "with_other"
    assert kept(more_site) is None


def test_whoever_comes_back_sees_what_they_chose_and_can_choose_anew(more_site: TestSite) -> None:
    browser = at_way(more_site)
    browser.press("pick:go_on")
    browser.press("back")
    (said,) = browser.shown.page.xpath("//*[@class='said'][not(@hidden)]")
    assert " ".join(said.getparent().text_content().split()) == "Go on (your answer)"
    assert len(browser.shown.page.xpath("//button[@aria-current='true']")) == 1
    browser.press("pick:skip_this_whole_section")
    assert kept(more_site) == "skip_this_whole_section"


@pytest.mark.parametrize("aside", ["help", "break", "privacy"])
def test_what_was_chosen_stays_when_another_button_is_pressed(more_site: TestSite, aside: str) -> None:
    browser = at_way(more_site)
    browser.press("pick:go_on")
    browser.press("back")
    browser.press(aside)
    browser.press("return")
    browser.press("next")
    assert asks(browser)[0] == "one"
    assert kept(more_site) == "go_on"


def test_every_button_sends_as_much(more_site: TestSite) -> None:
    browser = at_way(more_site)
    assert told(browser) == {}
    assert len({length(browser, go=go) for go in browser.buttons}) == 1


def test_choice_that_is_needed_is_asked_for(more_site: TestSite) -> None:
    browser = more_site.begin()
    browser.press("next")
    (link,) = browser.shown.page.xpath("//*[@aria-labelledby='again']//a/@href")
    assert browser.shown.page.get_element_by_id(link[1:]).tag == "button"
    browser.press("pick:yes")
    assert asks(browser) == ["way"]


def test_beside_other_questions_it_is_a_plain_choice(more_site: TestSite) -> None:
    browser = at_way(more_site)
    browser.press("pick:skip_this_whole_section")
    assert browser.picks == {}
    assert len(browser.shown.page.xpath("//input[@type='radio']")) == 4
    assert "pass" in browser.buttons


@pytest.mark.parametrize("go", ["pick:", "pick:nowhere", "pick", "pick:go_on:"])
def test_button_that_was_not_there_answers_nothing(more_site: TestSite, go: str) -> None:
    browser = at_way(more_site)
    browser.post("/en", [*browser.fields(), ("go", go)])
    assert kept(more_site) is None
