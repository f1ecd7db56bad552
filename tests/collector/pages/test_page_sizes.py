"""What whoever watches a closed line can tell from lengths: tokens and pages have few, whatever is answered.

The study that ships is gone through by people who answer by chance and look back at each page they have filled in.
All pages of an edition have the size of its largest page of questions, in whatever language and whatever is answered,
but for the page to read through, which has nearly twice that. Only one's own words can make them longer.
"""

from __future__ import annotations

import base64
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.http.collector_site import current_conversation
from kuule.collector.pages.page_sizes import largest_pages, minimum_page_size
from kuule.collector.session.token import TOKEN_SIZES
from kuule.web.length_hiding.page_padding import MinimumSize, compress_page
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field, start
from tests.frozen import our_voice

PEOPLE = 8


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study that ships, in all of its languages: the largest page is of one of them."""
    folder = tmp_path_factory.mktemp("whole") / "edition"
    our_voice(folder)
    return folder


@pytest.fixture
def voice(whole: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(whole, tmp_path)
    connections.close_all()


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
    offered |= browser.picks
    some = {name: chance.sample(values, chance.randint(1, len(values))) for name, values in offered.items()}
    single = {
        element.get("name") for element in browser.form.xpath(".//input[@type='radio'] | .//select | .//textarea")
    }
    single |= browser.picks.keys()
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
            browser.press("review")
            note()
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


@pytest.mark.parametrize("tag", ["en", "ar", "el"])
def test_every_page_of_a_visit_has_one_size_whatever_is_answered(voice: TestSite, tag: str) -> None:
    """Also one with a list of countries, in the language that takes the most room."""
    voice.browser.accepts = "gzip"
    sizes: dict[str, set[int]] = defaultdict(set)
    tokens: set[int] = set()
    for seed in range(PEOPLE):
        visit(voice, tag, seed, sizes, tokens)
    review = {size for asks in list(sizes) if asks.startswith("~review") for size in sizes.pop(asks)}
    assert len(sizes) > 30
    assert {asks: found for asks, found in sizes.items() if found != {7168}} == {}
    assert review == {12288}
    assert tokens == {2048}


def test_pages_that_end_a_visit_or_stand_beside_it_have_the_size_of_all(voice: TestSite) -> None:
    """So that it is not told whether somebody declined, was too young, looked for help or read the promise."""
    browser = voice.browser
    browser.accepts = "gzip"
    found = {path: browser.get(path).size for path in ("/", "/en", "/en/help", "/en/privacy", "/en/resume")}
    voice.begin()
    found["declined"] = browser.press("next", {field(browser, "consent"): "no"}).size
    voice.begin()
    browser.press("next", {field(browser, "consent"): "yes"})
    found["too young"] = browser.press("next", {field(browser, "adult"): "no"}).size
    voice.pass_gates()
    for aside in ("help", "privacy", "break"):
        found[aside] = browser.press(aside).size
        browser.press("return")
    browser.press("break")
    found["ended"] = browser.press("end").size
    assert set(found.values()) == {7168}


def test_page_that_says_what_to_look_at_again_has_the_size_of_all(every: TestSite) -> None:
    """Every control there is, each with something typed that does not fit."""
    every.browser.accepts = "gzip"
    browser, sizes, said = every.begin(), set(), 0
    browser.press("next", {field(browser, "consent"): "yes"})
    for _ in range(MOST_PAGES):
        if "send" in browser.buttons:
            break
        typed = {name: "x" for name in browser.form.xpath(".//input[@type='text' or not(@type)]/@name") if "/" in name}
        page = browser.hidden("page")
        browser.press("next", typed)
        if browser.hidden("page") == page:
            said += bool(browser.shown.page.find_class("box"))
            sizes.add(browser.shown.size)
            browser.press("pass")
        if "send" not in browser.buttons:
            sizes.add(browser.shown.size)
    assert (sizes, said) == ({5632}, 4)


def test_no_language_that_was_left_out_has_a_larger_page(voice: TestSite) -> None:
    """Only those with the most text are rendered when a site starts; here all thirty are."""
    served = current_conversation().editions.current
    sizes = [
        [size + more for size, more in zip(MinimumSize.of_page(page.encode(), token.encode()), room, strict=True)]
        for language in served.languages.values()
        for page, token, room in largest_pages(served, language)
    ]
    assert len(served.languages) == 30
    assert tuple(map(max, zip(*sizes, strict=True))) == minimum_page_size(served)


def letters(length: int, seed: int) -> bytes:
    """Like a token: so many that compress as badly as they can."""
    return base64.urlsafe_b64encode(random.Random(seed).randbytes(length))[:length]


def test_largest_page_has_the_size_of_all_with_every_token(voice: TestSite) -> None:
    """With a list of countries, in the language that takes the most room, and as much more on it as there is room for.
    A larger token makes the page around it larger too."""
    browser = voice.pass_gates("el")
    browser.accepts = "gzip"
    for _ in range(2):
        browser.press("next")
    assert field(browser, "residence")
    page, token = browser.shown.body, browser.hidden("token").encode()
    common = minimum_page_size(current_conversation().editions.current)
    filled = (page.replace(b"</main>", letters(more, 0) + b"</main>") for more in range(800, 0, -8))
    page = next(one for one in filled if MinimumSize.of_page(one, token).compressed <= common.compressed)
    for length in TOKEN_SIZES:
        other = letters(length, length)
        full = compress_page(page.replace(token, other), token=other, minimum=common)
        assert len(full) == len(compress_page(other, token=other, minimum=common))


def test_longer_token_makes_all_pages_longer_by_the_same(voice: TestSite) -> None:
    """Whose own words are long posts more: that is seen, and nothing else by it."""
    browser = voice.pass_gates()
    browser.accepts = "gzip"
    text = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9000), k=1100)))
    sizes: dict[int, set[int]] = defaultdict(set)
    for _ in range(MOST_PAGES):
        if "send" in browser.buttons:
            break
        typed = dict.fromkeys(browser.form.xpath(".//textarea/@name"), text)
        size = browser.press("next", typed).size
        if "send" not in browser.buttons:
            sizes[len(browser.hidden("token"))].add(size)
    browser.press("back")
    browser.press("back")
    sizes[len(browser.hidden("token"))].add(browser.shown.size)
    assert sizes == {2048: {7168}, 4096: {8960}}


def test_browser_without_gzip_sees_pages_of_one_size(voice: TestSite) -> None:
    sizes: dict[str, set[int]] = defaultdict(set)
    tokens: set[int] = set()
    visit(voice, "en", 1, sizes, tokens)
    review = [sizes.pop(asks) for asks in list(sizes) if asks.startswith("~review")]
    assert {size for found in sizes.values() for size in found} == {32768}
    assert {size for found in review for size in found} == {49152}
