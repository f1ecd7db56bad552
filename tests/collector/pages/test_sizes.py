"""What whoever watches a closed line can tell from lengths: tokens and pages have few, whatever is answered.

The study that ships is gone through by people who answer by chance and look back at each page they have filled in.
Sizes are held to what a page asks and not to what is answered on it. A page that comes once more with a further
question asks more, and may be longer; that it came once more is seen anyway.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping

import pytest

from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite

PEOPLE = 8
MOST_PAGES = 120
WORDS = ("", "No.", "Ask children. " * 3)
"""Short: a long text is seen by its length when it is posted, as the how-to says."""


def answers(browser: Browser, chance: random.Random) -> Mapping[str, list[str]]:
    """Some answer to everything on the page, and the gates passed."""
    offered: dict[str, list[str]] = defaultdict(list)
    for element in browser.form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea"):
        name = element.get("name")
        if element.tag == "select":
            offered[name] = element.xpath("./option/@value")
        elif element.tag == "textarea":
            offered[name] = [chance.choice(WORDS)]
        elif "/" in name and element.get("type") != "text":
            offered[name].append(element.get("value"))
    some = {name: chance.sample(values, chance.randint(1, len(values))) for name, values in offered.items()}
    single = {
        element.get("name") for element in browser.form.xpath(".//input[@type='radio'] | .//select | .//textarea")
    }
    gates = {name: ["yes"] for name in offered if name.endswith(("/consent", "/adult"))}
    return {name: values[:1] if name in single else values for name, values in some.items()} | gates


def visit(site: TestSite, tag: str, seed: int, sizes: dict[str, set[int]], tokens: set[int]) -> None:
    chance, browser = random.Random(seed), site.begin(tag)

    def note() -> None:
        boxes = [box.get("aria-labelledby") for box in browser.shown.page.find_class("box")]
        asks = " ".join((browser.hidden("page").partition(".")[2], *boxes, *browser.asked))
        sizes[asks].add(browser.shown.size)
        tokens.add(len(browser.hidden("token")))

    for _ in range(MOST_PAGES):
        note()
        if "send" in browser.buttons:
            browser.press("send")
            sizes["sent"].add(browser.shown.size)
            return
        page = browser.hidden("page")
        browser.press("next", answers(browser, chance))
        if browser.hidden("page") != page and "back" in browser.buttons:
            browser.press("back")
            note()
            browser.press("next")
    raise AssertionError("no end after so many pages")


@pytest.mark.parametrize("tag", ["en", "sv", "ar"])
def test_every_page_of_a_visit_has_one_size_whatever_is_answered(voice: TestSite, tag: str) -> None:
    voice.browser.accepts = "gzip"
    sizes: dict[str, set[int]] = defaultdict(set)
    tokens: set[int] = set()
    for seed in range(PEOPLE):
        visit(voice, tag, seed, sizes, tokens)
    review = {size for asks in list(sizes) if asks.startswith("~review") for size in sizes.pop(asks)}
    assert len(sizes) > 30
    assert {asks: found for asks, found in sizes.items() if len(found) > 1} == {}
    assert {size for found in sizes.values() for size in found} <= {4096, 8192}
    assert review <= {4096, 8192, 16384}
    assert tokens == {2048}


def test_browser_without_gzip_sees_pages_of_one_size(voice: TestSite) -> None:
    sizes: dict[str, set[int]] = defaultdict(set)
    tokens: set[int] = set()
    visit(voice, "en", 1, sizes, tokens)
    assert {asks: found for asks, found in sizes.items() if len(found) > 1} == {}
    assert {size for found in sizes.values() for size in found} <= {16384, 32768}
