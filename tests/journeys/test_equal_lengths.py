"""What real browsers send, without script: as long for each choice, and for none, as tests/collector counts it.

And what stands on the page for it: "No answer" is chosen first, unseen until there is something to take back, and
within reach of the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request

from tests.journeys.chromium import Chromium
from tests.journeys.controls import CONTINUE, at_choices, every_control_served

pytestmark = pytest.mark.browser
PLAIN = 'input[name="/data/answers/plain"]'
NONE = ".choice.none:has(> " + PLAIN + ")"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with every_control_served(tmp_path_factory.mktemp("every-control")) as address:
        yield address


@pytest.fixture
def page(url: str, chromium: Chromium) -> Page:
    """At the page of choices."""
    at_choices(chromium, url)
    return chromium.page


def sent(page: Page, do: Callable[[], None]) -> int:
    """Bytes of the form that is sent after `do`; then the page is shown again."""
    lengths: list[int] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            lengths.append(len(request.post_data_buffer or b""))

    do()
    page.on("request", note)
    with page.expect_navigation():
        page.locator(CONTINUE).last.click()
    page.remove_listener("request", note)
    with page.expect_navigation():
        page.locator('button[name="go"][value~="back"]').last.click()
    return lengths[0]


def test_each_choice_and_none_sends_as_much(page: Page) -> None:
    choices = ("never", "sometimes", "often", "prefer_not_to_say")
    lengths = {"none": sent(page, lambda: None)}
    for choice in choices:
        lengths[choice] = sent(page, page.locator(f'{PLAIN}[value~="{choice}"]').check)
    lengths["taken back"] = sent(page, page.locator(NONE).click)
    listed = page.locator('select[name="/data/answers/listed"]')
    for choice in choices:
        code = listed.locator(f'option[value~="{choice}"]').get_attribute("value")
        lengths[f"listed {choice}"] = sent(page, lambda code=code: listed.select_option(code))
    assert set(lengths.values()) == {lengths["none"]}, lengths


def test_no_answer_is_unseen_until_there_is_something_to_take_back(page: Page) -> None:
    """Its place is kept for it, so that nothing moves."""
    page.set_viewport_size({"width": 1280, "height": 4000})
    none = page.locator(NONE)
    place = none.bounding_box()
    assert place is not None
    unseen = page.screenshot(clip=place)
    page.locator(f'{PLAIN}[value~="often"]').check()
    assert none.bounding_box() == place
    assert page.screenshot(clip=place) != unseen
    assert min(place["width"], place["height"]) >= 44
    none.click()
    assert page.screenshot(clip=place) == unseen
    assert not page.locator(f'{PLAIN}[value~="often"]').is_checked()


def test_keyboard_reaches_the_choices_through_it_and_sees_where_it_is(page: Page) -> None:
    page.locator('button[name="go"][value~="break"]').first.focus()
    page.keyboard.press("Tab")
    focused = page.locator("input:focus")
    assert (focused.get_attribute("name"), focused.is_checked()) == ("/data/answers/plain", True)
    box = page.locator(NONE).bounding_box()
    assert box is not None
    assert box["height"] >= 44
    page.keyboard.press("ArrowDown")
    assert (page.locator("input:focus").get_attribute("value") or "").strip() == "never"
    assert page.locator(f'{PLAIN}[value~="never"]').is_checked()
