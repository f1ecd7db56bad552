"""Coming back in real browsers with script off: a break, a pause, on in another browser, sent, taken back, opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.usecases.analysing.open_archives import open_archive_file
from kuule.usecases.key_custody.key_files import read_private_key
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, open_house
from tests.journeys.person import Person
from tests.ports import free_port
from tests.study.small_study import SETTINGS, make_edition, write_pair

pytestmark = pytest.mark.browser

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BEGUN = {"consent": "yes", "adult": "yes", "age_band": "35_or_more"}
COMING_BACK = "[coming_back]\npause_days = 14\nwithdraw_until = 2039-06-30\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("coming-back")
    write_pair(folder / "keys")
    edition = make_edition(folder, settings=SETTINGS + COMING_BACK)
    with open_house(House(folder, edition, free_port())) as running:
        yield running


def begun(house: House, window: Chromium, tag: str = "en") -> Person:
    """Consent, age, the path, and an age band that is not posted yet."""
    person = Person(window, BEGUN)
    person.begin(house.url, tag)
    for _ in range(30):
        form = person.form()
        assert form is not None, person.text()
        person.answer_page(form)
        if "age_band" in person.asked:
            return person
        person.press("next")
    raise AssertionError("the age band was not asked")


def code_of(person: Person) -> str:
    (code,) = person.document().xpath("//p[contains(@class, 'twenty')]/bdi[@dir='ltr']/text()")
    return str(code)


def give(person: Person, address: str, code: str, go: str) -> None:
    person.window.open(address)
    person.window.write("#code", code)
    person.press(go)


def test_pause_in_one_browser_and_on_in_another(house: House, chromium: Chromium, firefox: Firefox) -> None:
    """Then sent, archived and taken back: the next archive, and what is opened of both, has no such row."""
    first = begun(house, chromium)
    first.press("break")
    assert "Breathe in slowly" in first.text()
    first.press("pause")
    code = code_of(first)
    second = Person(firefox, {})
    give(second, f"{house.url}/ar/resume", code.translate(ARABIC), "open")
    form = second.form()
    assert form is not None, second.text()
    band = next(control for control in form.controls if control.name.endswith("/age_band"))
    assert band.chosen == ("35_or_more",)
    second.press("finish")
    second.press("send")
    firefox.click("details summary")
    back = code_of(second)
    give(second, f"{house.url}/ar/resume", code, "open")
    assert second.document().xpath("//p[@id='code-unfit']") != []
    before = house.archive("before")
    give(second, f"{house.url}/ar/withdraw", back.translate(ARABIC), "withdraw")
    assert "تم سحب إجاباتك" in second.text()
    after = house.archive("after")
    sent, left = (house.records(one) for one in (before, after))
    assert [one for one in sent if one not in left] == [one for one in sent if one["language"] == "ar"]
    assert len(sent) - len(left) == 1
    keys = [read_private_key(house.folder / "keys" / "test.rehearsal.secret-key")]
    open_archive_file(after, keys, house.folder / "opened")
    assert read_dataset(house.folder / "opened").info.responses == len(left)


def test_digit_that_differs_is_told_and_what_was_typed_stays(house: House, chromium: Chromium) -> None:
    person = begun(house, chromium)
    person.press("break")
    person.press("pause")
    code = code_of(person)
    wrong = code[:6] + str((int(code[6]) + 1) % 10) + code[7:]
    give(person, f"{house.url}/en/resume", wrong, "open")
    assert "One digit is wrong" in person.text()
    assert chromium.page.locator("#code").input_value() == wrong


def test_delete_and_leave_and_then_back(house: House, fresh_chromium: Chromium) -> None:
    """The browser's Back, and "send again" in its notice, show that it is over and not what was written."""
    person = begun(house, fresh_chromium)
    person.press("next")
    person.press("break")
    fresh_chromium.click("details summary")
    person.press("end")
    assert "It’s gone" in person.text()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        fresh_chromium.page.go_back()
    fresh_chromium.page.wait_for_url("chrome-error://**")
    with fresh_chromium.page.expect_navigation():
        fresh_chromium.page.reload()
    assert "This visit is over" in person.text()
    assert fresh_chromium.page.locator("input[name=token]").count() == 0


def test_back_after_sending_shows_that_it_was_sent_and_nothing_that_was_written(
    house: House, fresh_chromium: Chromium
) -> None:
    person = begun(house, fresh_chromium)
    person.press("finish")
    person.press("send")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        fresh_chromium.page.go_back()
    fresh_chromium.page.wait_for_url("chrome-error://**")
    with fresh_chromium.page.expect_navigation():
        fresh_chromium.page.reload()
    assert "These answers were sent before." in person.text()
    assert fresh_chromium.page.locator("input[name=token], p.twenty").count() == 0


def test_circle_breathes_only_where_motion_is_welcome(house: House, chromium: Chromium) -> None:
    person = begun(house, chromium)
    person.press("break")
    moved = []
    for wish in ("no-preference", "reduce"):
        chromium.page.emulate_media(reduced_motion=wish)
        box = chromium.page.locator(".breath span")
        chromium.page.wait_for_timeout(200)
        first = box.bounding_box()
        chromium.page.wait_for_timeout(1000)
        moved.append(box.bounding_box() != first)
    assert moved == [True, False]
