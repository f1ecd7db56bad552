"""Repeats in repeats through the real site: added, numbered, taken away, and a number lowered and raised again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from django.db import connections

from kuule.usecases.demo.server_process import running_collector
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, start
from tests.journeys import nested_repeats
from tests.journeys.chromium import Chromium
from tests.ports import free_port

HOME = "/data/homes/home"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("nested")
    nested_repeats.make(folder)
    return folder


@pytest.fixture
def nested(folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(folder / "edition", tmp_path)
    connections.close_all()


def at_homes(site: TestSite) -> Browser:
    browser = site.begin("en")
    browser.press("next", {"/data/start/page_consent/consent": "yes"})
    assert browser.asked == [f"{HOME}[1]/place/region"]
    return browser


def live_in(browser: Browser, home: int, region: str, town: str) -> None:
    """The page of a home: choosing the part of the country asks for its towns on the page that comes."""
    place = f"{HOME}[{home}]/place"
    browser.press("next", {f"{place}/region": region})
    if f"{place}/town" in browser.asked:
        browser.press("next", {f"{place}/town": town})


def finished(site: TestSite, browser: Browser) -> dict[str, str]:
    browser.press("finish")
    browser.press("send")
    (record,) = site.kept()
    return {path: value for path, value in record.answers.items() if "/start/" not in path}


def test_homes_and_the_people_in_them_are_added_and_one_home_is_taken_away(nested: TestSite) -> None:
    browser = at_homes(nested)
    for home, (region, town) in enumerate((("north", "oulu"), ("south", "turku")), 1):
        live_in(browser, home, region, town)
        for person in (1, 2):
            assert f"{HOME}[{home}]/person[{person}]/age" in browser.asked
            browser.press("next", {f"{HOME}[{home}]/person[{person}]/age": str(10 * home + person)})
            if person == 1:
                browser.press(f"add:{HOME}[{home}]/person")
        assert f"add:{HOME}[{home}]/person" not in browser.buttons
        browser.press("next")
        assert f"add:{HOME}" in browser.buttons
        if home == 1:
            browser.press(f"add:{HOME}")
    while f"remove:{HOME}[1]" not in browser.buttons:
        browser.press("back")
    browser.press(f"remove:{HOME}[1]")
    assert finished(nested, browser) == {
        f"{HOME}[1]/place/region": "south",
        f"{HOME}[1]/place/town": "turku",
        f"{HOME}[1]/person[1]/age": "21",
        f"{HOME}[1]/person[2]/age": "22",
    }


def test_town_that_is_offered_no_more_is_taken_out_with_its_part_of_the_country(nested: TestSite) -> None:
    browser = at_homes(nested)
    live_in(browser, 1, "north", "oulu")
    browser.press("back")
    browser.press("next", {f"{HOME}[1]/place/region": "south"})
    assert finished(nested, browser) == {f"{HOME}[1]/place/region": "south"}


def test_number_that_is_lowered_and_raised_brings_back_what_was_written(nested: TestSite) -> None:
    browser = at_homes(nested)
    while "/data/moves/page_moves/moved" not in browser.asked:
        browser.press("next")
    browser.press("next", {"/data/moves/page_moves/moved": "9"})
    assert "/data/moves/page_moves/moved" in browser.asked
    browser.press("next", {"/data/moves/page_moves/moved": "3"})
    for number in (1, 2, 3):
        browser.press("next", {f"/data/moves/move[{number}]/why": f"Reason {number}"})
    for number in ("1", "3"):
        while "/data/moves/page_moves/moved" not in browser.asked:
            browser.press("back")
        browser.press("next", {"/data/moves/page_moves/moved": number})
    answers = finished(nested, browser)
    assert {path: value for path, value in answers.items() if path.endswith("/why")} == {
        f"/data/moves/move[{number}]/why": f"Reason {number}" for number in (1, 2, 3)
    }


@pytest.mark.browser
def test_whole_way_with_the_keyboard_in_a_real_browser(folder: Path, tmp_path: Path, chromium: Chromium) -> None:
    window, port = chromium, free_port()
    arguments = [str(folder / "edition"), "--database", f"sqlite:///{tmp_path / 'kept.sqlite3'}", "--port", str(port)]
    with running_collector([*arguments, "--rehearsal", "--drafts"], port, tmp_path / "collector.txt"):
        window.open(f"http://127.0.0.1:{port}/en")
        window.follow("button.button")
        window.key('input[value~="yes"]', "Space")
        window.key_on('input[value~="yes"]', "Enter")
        window.key(f'input[name="{HOME}[1]/place/region"][value~="south"]', "Space")
        window.key_on(f'input[name="{HOME}[1]/place/region"][value~="south"]', "Enter")
        window.key(f'input[name="{HOME}[1]/place/town"][value~="turku"]', "Space")
        window.key_on(f'input[name="{HOME}[1]/place/town"][value~="turku"]', "Enter")
        window.write(f'input[name="{HOME}[1]/person[1]/age"]', "8")
        window.key_on(f'input[name="{HOME}[1]/person[1]/age"]', "Enter")
        window.key_on(f'button[value="add:{HOME}[1]/person"]', "Enter")
        window.write(f'input[name="{HOME}[1]/person[2]/age"]', "41")
        window.key_on(f'input[name="{HOME}[1]/person[2]/age"]', "Enter")
        while not _has(window, 'input[name="/data/moves/page_moves/moved"]'):
            window.follow('button[name="go"][value^="next"]:not(.first)')
        window.key_on('input[name="/data/moves/page_moves/moved"]', "Enter")
        calm = 'input[name="/data/moves/page_scales/calm"]'
        window.key(f"{calm} >> nth=0", "Space")
        window.key(f"{calm} >> nth=0", "ArrowRight")
        window.key_on(f"{calm} >> nth=1", "Enter")
        window.key_on('button[value^="review"]', "Enter")
        words = lxml.html.document_fromstring(window.source()).xpath("string()")
    assert [word in words for word in ("The south", "Turku", "8", "41", "Sometimes")] == [True] * 5


def _has(window: Chromium, selector: str) -> bool:
    return f'name="{selector.partition(chr(34))[2].partition(chr(34))[0]}"' in window.source()
