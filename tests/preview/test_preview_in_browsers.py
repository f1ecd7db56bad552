"""The preview in a real browser: axe, 320 pixels, Arabic, the dark, the keyboard, script off; and what is saved is seen
without a press where script is on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.access.windows import ChromiumWindow
from tests.patience import wait_until
from tests.preview.preview_process import PreviewProcess
from tests.sampling import matrix
from tests.study.small_study import FORM

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WHERE = "/data/happened/page_where"
PAGES = (
    (1400, "light", f"/preview?language=ar&page={WHERE}"),
    (1400, "dark", f"/preview?language=en&page={WHERE}"),
    (320, "light", "/preview?language=ar"),
    (320, "light", "/preview/page/ar?key=/data/about/page_years"),
    (1400, "light", "/preview/page/en?key=/data/about/page_years"),
    (320, "dark", "/preview/left"),
)
WRONG = FORM.replace("For how many years have you lived there?", "What is your e-mail address?")


@pytest.fixture
def page(chromium: ChromiumWindow) -> Iterator[Page]:
    """A window in which script runs."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()


def sure_findings(chromium: ChromiumWindow) -> list[str]:
    """What axe finds. It cannot decide on words behind the edge of the map, which scrolls, and does not look into
    frames, whose pages are looked at by themselves."""
    return [line for line in findings(chromium) if not line.startswith("undecided: ")]


def phone(page: Page) -> FrameLocator:
    return page.frame_locator(".phone iframe")


@pytest.mark.parametrize(("width", "scheme", "path"), matrix(PAGES, (PAGES[1], PAGES[2], PAGES[3])))
def test_pages_keep_the_rules_and_fit(
    preview: PreviewProcess, chromium: ChromiumWindow, width: int, scheme: str, path: str
) -> None:
    preview.save(WRONG)
    wait_until(lambda: "preview-problem" in preview.get("/preview/page/en?key=/data/about/page_years"))
    chromium.as_if(prefers_color_scheme=scheme)
    chromium.page.set_viewport_size({"width": width, "height": 800})
    chromium.open(f"http://{preview.place}{path}")
    assert sure_findings(chromium) == []
    assert chromium.ask("document.documentElement.scrollWidth <= innerWidth") is True


def test_unreadable_form_keeps_the_rules_too(preview: PreviewProcess, chromium: ChromiumWindow) -> None:
    preview.save(FORM.replace("${way} = 'go_on'", "${wayy} = 'go_on'"))
    preview.see("cannot be shown")
    chromium.open(preview.address)
    assert sure_findings(chromium) == []


def test_map_is_walked_with_the_keyboard_alone_and_without_script(
    running_preview: PreviewProcess, chromium: ChromiumWindow
) -> None:
    chromium.open(running_preview.address)
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "a" and "page_where" in focus["href"])
    keyboard.leave("Enter")
    assert chromium.page.locator("a[aria-current]").inner_text().split("\n")[-1].strip() == "Where did it happen?"
    assert chromium.page.frame_locator(".phone iframe").locator("h1").inner_text() != ""
    assert keyboard.unseen == []


def test_saved_form_is_seen_without_a_press(preview: PreviewProcess, page: Page) -> None:
    page.goto(preview.address)
    preview.save(FORM.replace("How old are you?", "What is your age?"))
    expect(phone(page).locator("main")).to_contain_text("What is your age?")
    expect(page.frame_locator(".desktop iframe").locator("main")).to_contain_text("What is your age?")
    assert page.url.endswith("page=%2Fdata%2Fabout%2Fpage_about&language=en")
    expect(page.locator("#map li.changed")).to_contain_text("just changed")


def test_visit_in_a_frame_goes_on_with_what_was_chosen(preview: PreviewProcess, page: Page) -> None:
    page.goto(f"{preview.address}?page=/data/start/page_adult")
    phone(page).locator("input[value=yes]").check()
    preview.save(FORM.replace("Are you 18 or older?", "Are you an adult?"))
    expect(phone(page).locator("main")).to_contain_text("Are you an adult?")
    expect(phone(page).locator("input[value=yes]")).to_be_checked()


def test_problem_comes_by_itself_and_goes_when_it_is_mended(preview: PreviewProcess, page: Page) -> None:
    page.goto(f"{preview.address}?page=/data/about/page_years")
    preview.save(WRONG)
    expect(phone(page).locator(".preview-problem")).to_contain_text("years")
    preview.save(FORM.replace("${way} = 'go_on'", "${wayy} = 'go_on'"))
    expect(page.locator("#unreadable")).to_contain_text("cannot be shown")
    preview.save(FORM)
    expect(page.locator("#unreadable")).to_be_empty()
    expect(phone(page).locator(".preview-problem")).to_have_count(0)


def test_two_tabs_see_the_same_and_keep_their_own_visits(
    preview: PreviewProcess, chromium: ChromiumWindow, page: Page
) -> None:
    other = page.context.new_page()
    other.goto(f"{preview.address}?language=sv&page={WHERE}")
    page.goto(f"{preview.address}?language=en&page=/data/about/page_years")
    phone(page).locator("input[inputmode=numeric]").fill("7")
    preview.save(FORM.replace("| | place | home | At home |", "| | place | home | In a home |"))
    expect(phone(other).locator("main")).to_contain_text("sv: ")
    expect(page.locator("#map li.changed")).to_contain_text("Where did it happen?")
    assert re.search(r"language=sv", other.url)


def test_way_out_and_links_lead_nowhere_outside(running_preview: PreviewProcess, page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(running_preview.address)
    phone(page).locator("a.leave").click()
    expect(phone(page).locator("h1")).to_have_text("A person would be gone now")
    assert {url.split("/")[2] for url in asked} == {running_preview.place}
