"""Coming back in real browsers with script off: a break, a pause, on in another browser, sent, taken back, opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error

from kuule.cli.files import read_private_key
from kuule.cli.opening import open_archive_file
from kuule.dataset.read import read_dataset
from tests.conftest import browser_path
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, build, free_port, open_house
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BEGUN = {"consent": "yes", "adult": "yes", "path": "short", "age_band": "35_to_44"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(build(tmp_path_factory.mktemp("house"))) as running:
        yield running


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    with Chromium(browser_path("chromium")) as window:
        yield window


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


def test_pause_in_one_browser_and_on_in_another(house: House) -> None:
    """Then sent, archived and taken back: the next archive, and what is opened of both, has no such row."""
    with Chromium(browser_path("chromium")) as window:
        first = begun(house, window)
        first.press("break")
        assert "Breathe in slowly" in first.text()
        first.press("pause")
        code = code_of(first)
    with Firefox(browser_path("firefox"), free_port()) as other:
        second = Person(other, {})
        give(second, f"{house.url}/ar/resume", code.translate(ARABIC), "open")
        form = second.form()
        assert form is not None, second.text()
        band = next(control for control in form.controls if control.name.endswith("/age_band"))
        assert band.chosen == ("35_to_44",)
        second.press("finish")
        second.press("send")
        other.click("details summary")
        back = code_of(second)
        give(second, f"{house.url}/ar/resume", code, "open")
        assert second.document().xpath("//p[@id='code-unfit']") != []
        before = house.archive("before")
        give(second, f"{house.url}/ar/withdraw", back.translate(ARABIC), "withdraw")
        assert "تم السحب" in second.text()
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
    assert "One digit is not as it was given" in person.text()
    assert chromium._page.locator("#code").input_value() == wrong


def test_delete_and_leave_and_then_back(house: House, chromium: Chromium) -> None:
    """The browser's Back, and "send again" in its notice, show that it is over and not what was written."""
    person = begun(house, chromium)
    person.press("next")
    person.press("break")
    chromium.click("details summary")
    person.press("end")
    assert "It is gone" in person.text()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        chromium._page.go_back()
    chromium._page.wait_for_url("chrome-error://**")
    with chromium._page.expect_navigation():
        chromium._page.reload()
    assert "This visit is over" in person.text()
    assert chromium._page.locator("input[name=token]").count() == 0


def test_back_after_sending_shows_that_it_was_sent_and_nothing_that_was_written(
    house: House, chromium: Chromium
) -> None:
    person = begun(house, chromium)
    person.press("finish")
    person.press("send")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        chromium._page.go_back()
    chromium._page.wait_for_url("chrome-error://**")
    with chromium._page.expect_navigation():
        chromium._page.reload()
    assert "These answers were sent before." in person.text()
    assert chromium._page.locator("input[name=token], p.twenty").count() == 0


def test_circle_breathes_only_where_motion_is_welcome(house: House) -> None:
    with Chromium(browser_path("chromium")) as window:
        names = []
        for wish in ("no-preference", "reduce"):
            window._page.emulate_media(reduced_motion=wish)
            person = begun(house, window)
            person.press("break")
            box = window._page.locator(".breath span")
            first = box.bounding_box()
            window._page.wait_for_timeout(1500)
            names.append(box.bounding_box() != first)
        assert names == [True, False]
