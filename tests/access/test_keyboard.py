"""Everything by keyboard, script off: a whole visit, the summary of what does not fit, pages from top to end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kuule.web.stylesheet import style_sheet
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery
from tests.access.hall import Hall
from tests.access.keyboard import Focus, Keyboard, button, choice, link
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow

pytestmark = pytest.mark.browser
PAGES = ("help/SE", "review", "words, does not fit", "answers, answered", "grid")


def heading(window: ChromiumWindow) -> str:
    return str(window.ask("document.querySelector('h1').textContent.trim()"))


def short_visit(keys: Keyboard, url: str) -> str:
    """From the list of languages to "thank you", with a slip on the way. The heading of the last page."""
    window = keys.window
    window.open(url)
    first = keys.press("Tab")
    assert first is not None
    assert first["href"].startswith("https://en.wikipedia")
    keys.to(link("/en"))
    keys.leave("Enter")
    keys.to(button("next"))
    keys.leave("Space")
    keys.to(button("next"))
    keys.leave("Enter")  # with no answer where one is needed: said once more, with a way to the question
    keys.to(lambda at: at["href"].startswith("#"))
    window.page.keyboard.press("Enter")
    keys.to(choice("yes"))
    keys.press("Space")
    keys.leave("Enter")  # in a field: what Enter presses is "Continue"
    keys.to(choice("yes"))
    keys.press("Space")
    keys.leave("Enter")
    keys.to(choice(""))  # what stands as long as nothing is chosen, and can be chosen again
    moved = [keys.press(arrow) for arrow in ("ArrowDown", "ArrowDown", "ArrowUp")]
    assert [at and (at["value"], at["checked"]) for at in moved] == [
        ("18_to_34", True),
        ("35_or_more", True),
        ("18_to_34", True),
    ]
    keys.to(lambda at: at["tag"] == "select")
    window.page.keyboard.type("Swe")
    keys.to(lambda at: at["kind"] == "radio", "Shift+Tab")
    keys.to(button("next"))
    keys.leave("Space")
    keys.to(lambda at: at["kind"] == "text")
    window.page.keyboard.type("12")
    keys.leave("Enter")
    keys.to(choice(""))
    keys.press("ArrowDown")
    assert (keys.press("ArrowDown") or {})["value"] == "pass"
    keys.leave("Enter")
    keys.to(lambda at: at["tag"] == "textarea")
    window.page.keyboard.type("Less waiting.")
    window.page.keyboard.press("Enter")  # a new line, and not the next page
    keys.to(button("next"))
    keys.leave("Space")
    keys.to(button("review"))
    keys.leave("Enter")
    written = str(window.ask("document.querySelector('main').textContent"))
    assert [word for word in ("18 to 34", "Sweden", "12", "Less waiting.") if word not in written] == []
    keys.to(button("send"))
    keys.leave("Enter")
    return heading(window)


@pytest.mark.shows("2.1.1", "2.1.2", "2.1.3", "2.4.7", "2.4.11", "3.2.1", "3.2.2")
def test_whole_visit_by_keyboard_and_the_focus_is_always_seen(url: str, fresh_chromium: ChromiumWindow) -> None:
    keys = Keyboard(fresh_chromium)
    assert short_visit(keys, url) == "Thank you"
    assert keys.unseen == []


@pytest.mark.whole
def test_whole_visit_without_the_style_sheet(url: str, fresh_chromium: ChromiumWindow) -> None:
    """All there is can be read in order and used; the browser's own ring shows the focus."""
    keys = Keyboard(fresh_chromium, ring=1)
    fresh_chromium.page.route(f"**{style_sheet().address}", lambda route: route.abort())
    try:
        assert short_visit(keys, url) == "Thank you"
    finally:
        fresh_chromium.page.unroute(f"**{style_sheet().address}")


def gone_through(window: ChromiumWindow, page: Exhibit) -> tuple[list[Focus], list[str], list[str]]:
    """Where Tab came to, where it was to come, and where the focus was not seen."""
    with Hall([page]) as hall:
        window.open(hall.address(page))
        wanted = window.ask("measures.stops()", source())
        keys = Keyboard(window)
        return keys.through(), wanted, keys.unseen


@pytest.mark.shows("2.1.1", "2.4.3", "2.4.7", "2.4.11", "2.4.13", "1.3.2")
def test_focus_goes_through_every_page_in_the_order_of_reading(shown: Gallery, fresh_chromium: ChromiumWindow) -> None:
    fresh_chromium.page.set_viewport_size({"width": 390, "height": 700})
    found = {}
    for page in shown.named(*PAGES):
        came, wanted, unseen = gone_through(fresh_chromium, page)
        upwards = [one["name"] for before, one in pairwise(came[1:]) if one["bottom"] < before["top"]]
        found[page.label] = ([one["name"] for one in came] == wanted, upwards, unseen)
    assert found == dict.fromkeys(found, (True, [], []))


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_focus_goes_through_every_page_at_four_times_the_size(
    everything: Gallery, fresh_chromium: ChromiumWindow
) -> None:
    fresh_chromium.page.set_viewport_size({"width": 320, "height": 256})
    found = {page.label: gone_through(fresh_chromium, page) for page in everything.few}
    came = {label: [one["name"] for one in those] for label, (those, _, _) in found.items()}
    assert came == {label: wanted for label, (_, wanted, _) in found.items()}
    assert {label: unseen for label, (_, _, unseen) in found.items() if unseen} == {}


def test_ring_that_is_missing_or_covered_is_seen(shown: Gallery, fresh_chromium: ChromiumWindow) -> None:
    (page,) = shown.named("welcome")
    with Hall([page]) as hall:
        fresh_chromium.open(hall.address(page))
        rules = "main a { outline: none !important }", ".top { block-size: 90vh !important }"
        for rule in rules:
            fresh_chromium.ask(f"[...document.styleSheets].at(-1).insertRule('{rule}', 0)")
        keys = Keyboard(fresh_chromium)
        keys.through()
    assert {line.partition(": ")[2] for line in keys.unseen} >= {
        "outline 0, in sight False",
        "outline 3, in sight False",
    }


@pytest.mark.shows("3.3.1", "3.3.3")
def test_summary_stands_first_and_leads_to_the_fields(shown: Gallery, fresh_chromium: ChromiumWindow) -> None:
    """Its links are fragments, so that the focus moves without script: the next Tab goes on from the field."""
    (page,) = shown.named("words, does not fit")
    targets = page.page.xpath("//main//div[@class='box']//li/a/@href")
    assert targets[0] == "#" + page.page.xpath("//*[@aria-invalid='true']/@id")[0]
    names = page.page.xpath("//main//div[@class='box']//li/text()[normalize-space()]")
    assert len(set(names)) == len(targets)  # each says of which question it is, as several can have one word for it
    with Hall([page]) as hall:
        for target in targets:
            fresh_chromium.open(hall.address(page))
            keys = Keyboard(fresh_chromium)
            keys.to(link(target))
            fresh_chromium.page.keyboard.press("Enter")
            at = keys.look()
            assert at is not None
            assert f"#{at['id']}" == target
            assert keys.unseen == []


def test_summary_is_the_first_thing_of_the_content(shown: Gallery) -> None:
    """In the order of reading nothing stands between the page's tools and what is to be looked at again."""
    unfit = [one for one in shown.controls if one.name.endswith("does not fit")]
    assert [one.label for one in unfit if one.page.xpath("//main/*[1]/@class") != ["box"]] == []
