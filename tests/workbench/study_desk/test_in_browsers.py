"""The lead's desk in a real browser without script: axe, 320 pixels, the keyboard, and a file that is chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kuule.sealing.keys import PublicKey
from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.sampling import matrix_parts, part_of, taken
from tests.study.small_study import FORM
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.questionnaires import workbook

pytestmark = pytest.mark.browser
IN_A_FRAME = "undecided: frame-tested"
"""axe is not let into the frame, which holds a page of the collector: those are held to its rules in tests/access."""
PAGES = (
    "/study/",
    "/study/problems",
    "/study/questionnaire",
    "/study/print",
    "/study/texts",
    "/study/visit",
    "/study/days",
    "/study/pretest",
    "/study/pretest/note",
    "/study/notes",
    "/study/file/report.md",
    "/study/help",
    "/study/help/service",
)
SIZES = ((320, "light"), (1280, "dark"), (1280, "light"), (320, "dark"))


@pytest.fixture
def window(one_chromium: ChromiumWindow) -> Iterator[ChromiumWindow]:
    """Chromium with script off and nothing of another test in it."""
    with one_chromium.awake():
        one_chromium.again()
        yield one_chromium


def at(desk: LeadDesk, window: ChromiumWindow, path: str) -> None:
    cookies = [{"name": name, "value": text, "url": desk.site.url} for name, text in desk.lead.cookies.items()]
    window.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    window.open(f"{desk.site.url}{path}")


def measured(window: ChromiumWindow, place: int) -> dict[tuple[int, str], list[object]]:
    window.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    wrong = {}
    for width, scheme in taken(SIZES, place):
        window.page.set_viewport_size({"width": width, "height": 800})
        window.as_if(prefers_color_scheme=scheme)
        found = [said for said in findings(window) if not said.startswith(IN_A_FRAME)]
        wrong[width, scheme] = [*found, *window.ask("measures.sideways()", source())]
    return {one: said for one, said in wrong.items() if said}


def presses(window: ChromiumWindow, button: str) -> None:
    """Press a button that leads to another page."""
    with window.page.expect_navigation():
        window.page.get_by_role("button", name=button).press("Enter")
    window.moved()


@matrix_parts
def test_pages_keep_the_rules_of_axe_and_fit_their_window(desk: LeadDesk, window: ChromiumWindow, part: str) -> None:
    wrong = {}
    for place, path in part_of(enumerate(PAGES), part, one_in=3):
        at(desk, window, path)
        wrong[path] = measured(window, place)
    assert {path: said for path, said in wrong.items() if said} == {}


def test_questionnaire_is_sent_and_taken_without_script(desk: LeadDesk, window: ChromiumWindow) -> None:
    sent = workbook(FORM.replace("How old are you?", "كم عمرك؟"))
    at(desk, window, "/study/questionnaire")
    file = {"name": "form.xlsx", "mimeType": "application/octet-stream", "buffer": sent}
    window.page.set_input_files("#form", files=[file])  # type: ignore[arg-type,list-item]
    keyboard = Keyboard(window)
    keyboard.to(lambda focus: focus["tag"] == "button" and "Check it and compare" in focus["name"])
    keyboard.leave("Enter")
    assert measured(window, 1) == {}
    keyboard.to(lambda focus: focus["tag"] == "button" and "Take this questionnaire" in focus["name"])
    keyboard.leave("Enter")
    assert desk.form.read_bytes() == sent


def test_text_is_changed_beside_its_page_without_script(desk: LeadDesk, window: ChromiumWindow) -> None:
    at(desk, window, "/study/texts?find=how old")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name="How old are you?").press("Enter")
    window.moved()
    window.page.get_by_label("The wording").fill("What is <b>your</b> age?")
    presses(window, "Change the text")
    assert measured(window, 2) == {}
    assert window.page.get_by_role("status").count() == 1
    window.page.frame_locator("iframe").get_by_text("What is <b>your</b> age?").wait_for()


def test_key_is_sent_and_an_edition_is_frozen_without_script(
    desk: LeadDesk, window: ChromiumWindow, public_key: PublicKey
) -> None:
    desk.shows_factor()
    at(desk, window, "/study/editions")
    file = {"name": "public.key", "mimeType": "text/plain", "buffer": public_key.to_text().encode()}
    window.page.set_input_files("#key", files=[file])  # type: ignore[arg-type,list-item]
    presses(window, "Show its fingerprint")
    assert measured(window, 0) == {}
    window.page.get_by_role("checkbox").press("Space")
    presses(window, "Freeze with this key")
    assert measured(window, 1) == {}
    assert len(list((desk.site.data / "editions").iterdir())) == 1


def test_visit_is_gone_through_by_the_keyboard_without_script(desk: LeadDesk, window: ChromiumWindow) -> None:
    at(desk, window, "/study/visit?language=sv")
    frame = window.page.frame_locator("iframe")
    inside = window.page.frames[1]
    with inside.expect_navigation():
        frame.locator("button.button").first.press("Enter")
    frame.get_by_role("radio").first.press("Space")
    with inside.expect_navigation():
        frame.locator(".go button").first.press("Enter")
    assert frame.locator("html").get_attribute("lang") == "sv"
    assert window.page.url.endswith("/study/visit?language=sv")
    assert inside.url.startswith(f"{desk.site.url}/study/visit/pages/")
    with inside.expect_navigation():
        frame.locator("a.leave").press("Enter")
    frame.get_by_text("nowhere else").wait_for()


def test_report_is_changed_without_script(desk: LeadDesk, window: ChromiumWindow) -> None:
    file = desk.site.study / "report.md"
    new = f"{file.read_text('utf-8')}\nكلمات <b>أخرى</b>.\n"
    at(desk, window, "/study/file/report.md")
    window.page.get_by_label("The wording").fill(new)
    presses(window, "Check it and compare")
    assert measured(window, 3) == {}
    presses(window, "Take it")
    assert file.read_text("utf-8") == new


def test_service_is_written_by_the_keyboard_in_arabic(desk: LeadDesk, window: ChromiumWindow) -> None:
    """What does not fit is said at its field; what was typed is there still."""
    window.page.set_extra_http_headers({"Accept-Language": "ar"})
    at(desk, window, "/study/help/service")
    assert window.page.locator("html").get_attribute("dir") == "rtl"
    window.page.locator("#name").fill("خط <b>آمن</b>")
    save = window.page.locator("button[value=save]")
    with window.page.expect_navigation():
        save.press("Enter")
    window.moved()
    wrong = window.page.locator("[aria-invalid]")
    assert [one.get_attribute("id") for one in wrong.all()] == ["country", "kind", "phone"]
    assert measured(window, 0) == {}
    window.page.locator("#country").select_option("SE")
    window.page.locator("#kind").select_option("crisis")
    window.page.locator("#phone").fill("116 123")
    with window.page.expect_navigation():
        save.press("Enter")
    window.moved()
    assert window.page.get_by_role("status").count() == 1
    assert measured(window, 0) == {}
    assert "SE,خط <b>آمن</b>,crisis,,116 123," in (desk.site.study / "support.csv").read_text("utf-8")
