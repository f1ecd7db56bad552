"""People in need, in real browsers with script off: too young, looking for help, resting, on a bad line, two tabs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Error

from kuule.forms.record import Record
from kuule.opening.archive_rows import OpenedRecord
from kuule.sealing.archive import ArchiveReader
from tests.factories import open_rows
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, open_house
from tests.journeys.neutral import back_and_again
from tests.journeys.person import Person, Window
from tests.ports import free_port
from tests.study.small_study import make_edition, rehearsal_key

pytestmark = pytest.mark.browser
GATES = {"consent": "yes", "adult": "yes"}
WISH = "That somebody asks, and waits.\nSecond line."
PLACE = "/data/end/page_wish/wish"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("in-need")
    with open_house(House(folder, make_edition(folder), free_port())) as running:
        yield running


def at_the_words(house: House, window: Chromium, tag: str = "en") -> Person:
    """The page of the open question, with the words typed and not yet posted."""
    person = Person(window, {**GATES, "way": "pass", "wish": WISH})
    person.begin(house.url, tag)
    while "wish" not in person.asked:
        form = person.form()
        assert form is not None, person.text()
        person.answer_page(form)
        if "wish" not in person.asked:
            person.press("next")
    return person


def typed(person: Person) -> str:
    (field,) = person.document().xpath("//textarea")
    return str(field.xpath("string()")).lstrip("\n")


def heading(person: Person) -> str:
    return " ".join(person.document().xpath("//h1")[0].xpath("string()").split())


def wishes(house: House, name: str) -> list[str]:
    """The words of everyone who has sent so far."""
    rows = list(open_rows(ArchiveReader(house.archive(name)), [rehearsal_key()]))
    records = [Record.from_bytes(row.record) for row in rows if isinstance(row, OpenedRecord)]
    assert len(records) == len(rows)
    return [str(record.answers.get(PLACE, "")) for record in records]


def kept(house: House) -> list[str]:
    """All rows that the collector has on its disk, and how many pages a deleted row left. Not its bytes: the rewriting
    that follows a start counts itself in them, and comes at a moment of its own."""
    with closing(sqlite3.connect(f"file:{house.folder / 'collector.sqlite3'}?mode=ro", uri=True, timeout=60)) as file:
        [(deleted,)] = file.execute("PRAGMA freelist_count").fetchall()
        return [*file.iterdump(), f"{deleted} pages deleted"]


def say_that_one_is_young(house: House, window: Window) -> Person:
    """Then look for somebody to talk to in Sweden."""
    person = Person(window, {"consent": "yes", "adult": "no"})
    person.begin(house.url, "en")
    for _ in range(2):
        form = person.form()
        assert form is not None, person.text()
        person.answer_page(form)
        person.press("next")
    assert heading(person) == "Thank you for telling us"
    assert "it’s not your fault" in person.text()
    assert person.document().xpath("//input[@name='token']") == []
    window.choose("#country", "SE")
    window.follow(".country button")
    assert heading(person) == "People who listen to you"
    assert person.document().xpath("//ul[@class='services']//h4")[0].xpath("string()") == "Bris"
    [first, *_] = person.document().xpath("//main//a/@href")
    assert first == "tel:116111"
    return person


def test_who_is_too_young_finds_a_page_for_them_and_nothing_is_kept(house: House, chromium: Chromium) -> None:
    before = kept(house)
    person = say_that_one_is_young(house, chromium)
    assert chromium.page.url == f"{house.url}/en/help", "the address does not say who looked"
    # Back, sent again: their page once more. Back again: the question, and no answer in it.
    assert back_and_again(chromium.page)
    assert heading(person) == "Thank you for telling us"
    assert back_and_again(chromium.page)
    assert person.document().xpath("//input[@checked]") == []
    assert kept(house) == before


@pytest.mark.whole
def test_who_is_too_young_finds_the_same_in_firefox(house: House, firefox: Firefox) -> None:
    before = kept(house)
    say_that_one_is_young(house, firefox)
    assert kept(house) == before


@pytest.mark.parametrize("tag", ["en", pytest.param("ar", marks=pytest.mark.whole)])
def test_help_in_another_country_leads_back_to_what_was_typed(house: House, chromium: Chromium, tag: str) -> None:
    person = at_the_words(house, chromium, tag)
    person.press("help")
    for country, number in (("GB", "tel:08001111"), ("SE", "tel:116111")):
        chromium.choose("#country", country)
        person.press("help")
        link = chromium.page.locator(f".services a[href='{number}']")
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 40
        assert link.locator("bdi").get_attribute("dir") == "ltr"
    person.press("return")
    assert typed(person) == WISH


def test_help_before_a_visit_leads_back_to_the_first_page(house: House, chromium: Chromium) -> None:
    person = Person(chromium, {})
    chromium.open(f"{house.url}/sv")
    chromium.follow(".tools a[href$='/help']")
    chromium.choose("#country", "SE")
    chromium.follow(".country button")
    assert "Bris" in person.text()
    chromium.follow("a.back")
    assert chromium.page.url == f"{house.url}/sv"


def test_break_and_on_and_what_was_read_through_is_changed(house: House, chromium: Chromium) -> None:
    person = at_the_words(house, chromium)
    person.press("break")
    person.press("return")
    assert typed(person) == WISH
    person.press("finish")
    person.press("review")
    assert heading(person) == "Your answers"
    chromium.click("details.written summary")
    chromium.follow("details.written[open] .change button")
    assert typed(person) == WISH
    chromium.write("textarea", "Other words.")
    person.press("review")
    here = chromium.page.locator("details[open] #here")
    box, seen = here.bounding_box(), chromium.page.viewport_size
    assert box is not None
    assert seen is not None
    assert (chromium.page.url, "Other words." in here.inner_text()) == (f"{house.url}/en#here", True)
    assert 0 <= box["y"] < box["y"] + box["height"] <= seen["height"]
    before = wishes(house, "change-before")
    person.press("send")
    after = wishes(house, "change-after")
    assert (after.count("Other words."), len(after)) == (1, len(before) + 1)


def test_line_is_lost_in_the_midst_of_a_step_and_nothing_that_was_typed(house: House, chromium: Chromium) -> None:
    """The browser says that it is offline; once it is not, its "reload" sends the form that did not leave."""
    person = at_the_words(house, chromium)
    chromium.page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        person.press("next")
    chromium.page.context.set_offline(False)
    with chromium.page.expect_navigation():
        chromium.page.reload()
    assert heading(person) == "You’ve reached the end"
    person.press("back")
    assert typed(person) == WISH


def test_slow_line_and_an_impatient_finger_send_once(house: House, chromium: Chromium) -> None:
    """50 kbit/s with 400 ms on the way, as on a train; "Continue" and "Send" are pressed twice."""
    person = at_the_words(house, chromium)
    before = wishes(house, "slow-before")
    line = chromium.page.context.new_cdp_session(chromium.page)
    speed = {"latency": 400, "downloadThroughput": 6250, "uploadThroughput": 6250, "offline": False}
    line.send("Network.emulateNetworkConditions", speed)
    for go, then in (("next", 'main button[name="go"][value^="send"]'), ("send", 'h1:text("Thank you")')):
        # The second press breaks off what the first one began: what is waited for is the page, not the going.
        chromium.page.locator(f'main button[name="go"][value^="{go}"]:not(.first)').last.dblclick(no_wait_after=True)
        chromium.page.locator(then).last.wait_for()
    chromium.page.wait_for_load_state()
    line.detach()
    assert heading(person) == "Thank you"
    after = wishes(house, "slow-after")
    assert after.count(WISH) == before.count(WISH) + 1
    assert len(after) == len(before) + 1


def test_two_tabs_of_one_visit_send_one_answer_and_the_second_is_told(house: House, chromium: Chromium) -> None:
    """Continue with Ctrl held opens the next page in a tab of its own; both then go on with words of their own."""
    person = at_the_words(house, chromium)
    before = len(wishes(house, "tabs-before"))
    page = chromium.page
    with page.context.expect_page() as opened:
        page.locator('main button[name="go"][value^="next"]').last.click(modifiers=["Control"])
    other = opened.value
    other.wait_for_load_state()
    page.locator("textarea").fill("Words of the first tab.")
    person.press("next")
    for tab in (other, page):
        with tab.expect_navigation():
            tab.locator('main button[name="go"][value^="review"]').click()
    assert "Words of the first tab." in person.text()
    shown = " ".join(lxml.html.document_fromstring(other.content()).xpath("string()").split())
    assert "That somebody asks, and waits." in shown
    for tab in (other, page):
        with tab.expect_navigation():
            tab.locator('main button[name="go"][value^="send"]').last.click()
    assert "These answers were sent before." not in other.content()
    assert "These answers were sent before." in page.content()
    after = wishes(house, "tabs-after")
    assert len(after) == before + 1
    assert "Words of the first tab." not in after
