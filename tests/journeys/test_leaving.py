"""Leaving from every kind of page: one press, the neutral page of that language, which is told nothing; then Back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import browser_path
from tests.journeys.chromium import Chromium
from tests.journeys.house import House, open_house
from tests.journeys.neutral import Neutral, back_and_again, neutral_site
from tests.journeys.person import Person
from tests.ports import free_port
from tests.sampling import matrix_parts, part_of
from tests.study.small_study import SETTINGS, make_edition

pytestmark = pytest.mark.browser
LEAVE_TO = {"en": "https://en.wikipedia.org/wiki/Main_Page", "ar": "https://ar.wikipedia.org/"}
TELLING = {"referer", "origin", "cookie"}
WISH = "That somebody asks."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("leaving")
    settings = SETTINGS + "[coming_back]\npause_days = 14\nwithdraw_until = 2039-06-30\n"
    with open_house(House(folder, make_edition(folder, settings=settings), free_port())) as running:
        yield running


@pytest.fixture(scope="module")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neutral]:
    with neutral_site(tmp_path_factory.mktemp("neutral")) as running:
        yield running


@pytest.fixture(scope="module")
def _led(neutral: Neutral) -> Iterator[Chromium]:
    with Chromium(browser_path("chromium", shell=False), neutral.options) as running:
        yield running


@pytest.fixture
def window(_led: Chromium, neutral: Neutral) -> Chromium:
    """Whatever name it asks for, it comes to the neutral site, which was told nothing yet."""
    _led.anew()
    neutral.told.clear()
    return _led


def at(address: str) -> Callable[[Person, str, str], None]:
    return lambda person, url, tag: person.window.open(url + address.format(tag=tag))


def press(*buttons: str) -> Callable[[Person, str, str], None]:
    def go(person: Person, url: str, tag: str) -> None:
        for button in buttons:
            form = person.form()
            assert form is not None, person.text()
            person.answer_page(form)
            person.press(button)

    return go


def opened(person: Person, url: str, tag: str) -> None:
    """Open what is folded, and press the button in it."""
    person.window.click("details summary")
    person.press("end")


WALK: dict[str, tuple[Callable[[Person, str, str], None], bool]] = {
    "languages": (at("/"), False),
    "welcome": (at("/{tag}"), False),
    "help": (at("/{tag}/help/SE"), False),
    "promise": (at("/{tag}/privacy"), False),
    "coming back": (at("/{tag}/resume"), False),
    "taking back": (at("/{tag}/withdraw"), False),
    "not there": (at("/{tag}/nothing"), False),
    "consent": (lambda person, url, tag: (person.window.open(f"{url}/{tag}"), person.press("next"))[0], True),
    "age": (press("next"), True),
    "question": (press("next"), True),
    "help inside": (press("help"), True),
    "promise inside": (press("return", "privacy"), True),
    "break": (press("return", "break"), True),
    "paused": (press("pause"), True),
    "end": (press("return", "finish"), True),
    "read through": (press("review"), True),
    "sent": (press("send"), True),
    "begun again": (lambda person, url, tag: person.begin(url, tag), True),
    "over": (
        lambda person, url, tag: (press("next", "next", "break")(person, url, tag), opened(person, url, tag))[0],
        True,
    ),
}
"""Each kind of page: how it is reached from the one before, and whether Back shows the browser's notice first."""


@pytest.mark.parametrize("tag", ["en", pytest.param("ar", marks=pytest.mark.whole)])
@matrix_parts
def test_every_page_is_left_by_one_press_that_tells_the_other_site_nothing(
    house: House, neutral: Neutral, window: Chromium, tag: str, part: str
) -> None:
    """The walk is walked to its end; what is left on the way are pages of each part."""
    person = Person(window, {"consent": "yes", "adult": "yes", "age_band": "35_or_more"})
    left = part_of(WALK, part, one_in=3)
    for name, (go, notice) in WALK.items():
        go(person, house.url, tag)
        if name not in left:
            continue
        before = person.document().xpath("//h1")[0].text_content()
        first = window.page.locator("a, button").first
        assert first.get_attribute("class") == "leave", f"{name}: leaving comes first in the reading order"
        box = first.bounding_box()
        assert box is not None
        assert (box["y"] < 60, box["height"] >= 44) == (True, True), name
        with window.page.expect_navigation():
            first.click()
        # the page of all languages speaks the one that the browser prefers
        wanted = LEAVE_TO["en" if name == "languages" else tag]
        [(address, headers)] = neutral.told
        assert (window.page.url, address, TELLING & set(headers)) == (wanted, wanted, set()), name
        neutral.told.clear()
        assert back_and_again(window.page) is notice, name
        after = person.document().xpath("//h1")[0].text_content()
        assert (after == before) is (name != "over"), f"{name}: {after}"
    if "over" in left and tag == "en":
        assert "This visit is over" in person.text()


def test_key_that_leads_along_the_page_comes_to_leaving_first(house: House, neutral: Neutral, window: Chromium) -> None:
    """Who presses Tab once and Enter is away, without a look at anything else."""
    person = Person(window, {})
    person.begin(house.url, "en")
    window.page.keyboard.press("Tab")
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    assert window.page.url == LEAVE_TO["en"]
    [(_, headers)] = neutral.told
    assert TELLING & set(headers) == set()
