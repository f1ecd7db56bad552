"""How one comes to every page of questions: each untouched, answered, and with what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

import lxml.html

from tests.collector.browser import Browser, Shown
from tests.collector.site_for_tests import NOON, TestSite

Answers = dict[str, str | Sequence[str]]
_LONG_WAY = ("long", "yes", "go_on")
"""Answers that lead to more questions."""
_MOST_PAGES = 120
_NUMBERS = ("day", "month", "hour", "minute")


def longest_visit(site: TestSite, tag: str) -> Iterator[tuple[str, Shown]]:
    """Every page of questions that a visit can have, untouched, by its name."""
    for browser in _pages(site, tag):
        yield name_of(browser), browser.shown


def every_state(site: TestSite, tag: str) -> Iterator[tuple[str, Shown]]:
    """Every page untouched, with what does not fit, and as it stands when one comes back to it answered."""
    for browser in _pages(site, tag):
        name, untouched = name_of(browser), browser.shown
        yield name, untouched
        wrong = unfit_answers(browser)
        if wrong and browser.press("next", wrong) and browser.shown.page.xpath("//*[@id='again']"):
            yield f"{name}, does not fit", browser.shown
        browser.shown = untouched
        browser.press("next", fit_answers(browser))
        if name_of(browser) != name and "back" in browser.buttons:
            yield f"{name}, answered", browser.press("back")
        browser.shown = untouched


def in_turns(site: TestSite, tags: Sequence[str]) -> Iterator[tuple[str, str, Shown]]:
    """The same with the languages in turn: each page's name, its language, and the page."""
    for browser, tag in zip(_pages(site, *tags), cycle(tags)):
        yield name_of(browser), tag, browser.shown


def _pages(site: TestSite, *tags: str) -> Iterator[Browser]:
    """A browser at each page of the longest visit, whose languages take turns; whoever takes it leaves the page as it
    was."""
    site.clock.now = NOON
    browser = site.begin(tags[0])
    for page in range(1, _MOST_PAGES):
        if "next" not in browser.buttons:
            return
        yield browser
        browser.form.set("action", f"/{tags[page % len(tags)]}")
        browser.press("next", fit_answers(browser))
    raise AssertionError("the visit does not end")


def name_of(browser: Browser) -> str:
    """The page's name in the form."""
    return browser.hidden("page").rpartition("/")[2] or browser.hidden("page")


def fit_answers(browser: Browser) -> Answers:
    """Every question answered: all boxes, the answer that asks for more, a number, words."""
    answers: Answers = {}
    ranks: dict[str, list[str]] = {}
    for field in _fields(browser):
        name, kind, value = field.get("name"), field.get("type"), field.get("value", "").rstrip(" ")
        if field.tag == "select":
            options = [code for option in field.iter("option") if (code := option.get("value").rstrip(" "))]
            taken = ranks.setdefault(name, [])
            taken.append(next(code for code in options if code not in taken))
            answers[name] = list(taken)
        elif kind == "checkbox":
            answers[name] = [*answers.get(name, ()), value]
        elif kind == "radio":
            if value and (name not in answers or value in _LONG_WAY):
                answers[name] = value
        else:
            answers[name] = _typed(field)
    for name, values in browser.picks.items():
        answers[name] = next((value for value in values if value in _LONG_WAY), values[0])
    return {name: value if len(value) != 1 or isinstance(value, str) else value[0] for name, value in answers.items()}


def unfit_answers(browser: Browser) -> Answers:
    """What does not fit, where something can be typed or put in order, and no answer where one is needed."""
    answers: Answers = {}
    places: dict[str, int] = {}
    for field in _fields(browser):
        name = field.get("name")
        if field.tag == "select":
            places[name] = places.get(name, 0) + 1
            if places[name] > 1:
                first = next(code for option in field.iter("option") if (code := option.get("value").rstrip(" ")))
                answers[name] = [first] * places[name]
        elif field.tag == "textarea":
            answers[name] = "word " * 1000
        elif field.get("type") == "text":
            answers[name] = "99" if "~" in name else "x" * 400
    return answers or ({} if "pass" in browser.buttons else _nothing(browser))


def _nothing(browser: Browser) -> Answers:
    return {name: [] for name in browser.asked}


def _typed(field: lxml.html.HtmlElement) -> str:
    piece = field.get("name").partition("~")[2]
    if piece == "year" or "year" in field.get("name").rpartition("/")[2]:
        return "1990"
    if piece in _NUMBERS or field.get("inputmode"):
        return "5"
    return "That someone listens." if field.tag != "textarea" else "That someone listens.\nAnd believes."


def _fields(browser: Browser) -> list[lxml.html.HtmlElement]:
    """The fields that a person can see, in the page's order."""
    return browser.form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
