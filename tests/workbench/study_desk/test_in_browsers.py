"""The lead's desk in a real browser without script: axe, 320 pixels, the keyboard, and a file that is chosen."""

from __future__ import annotations

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
    "/study/help/hide",
)
SIZES = ((320, "light"), (1280, "dark"), (1280, "light"), (320, "dark"))


def at(desk: LeadDesk, chromium: ChromiumWindow, path: str) -> None:
    cookies = [{"name": name, "value": text, "url": desk.site.url} for name, text in desk.lead.cookies.items()]
    chromium.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    chromium.open(f"{desk.site.url}{path}")


def measured(chromium: ChromiumWindow, place: int) -> dict[tuple[int, str], list[object]]:
    chromium.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    wrong = {}
    for width, scheme in taken(SIZES, place):
        chromium.page.set_viewport_size({"width": width, "height": 800})
        chromium.as_if(prefers_color_scheme=scheme)
        found = [said for said in findings(chromium) if not said.startswith(IN_A_FRAME)]
        lost = [said for one in ("sideways", "swallowed") for said in chromium.ask(f"measures.{one}()", source())]
        wrong[width, scheme] = [*found, *lost]
    return {one: said for one, said in wrong.items() if said}


def presses(chromium: ChromiumWindow, button: str) -> None:
    """Press a button that leads to another page."""
    with chromium.page.expect_navigation():
        chromium.page.get_by_role("button", name=button).press("Enter")
    chromium.moved()


@matrix_parts
def test_pages_keep_the_rules_of_axe_and_fit_their_window(desk: LeadDesk, chromium: ChromiumWindow, part: str) -> None:
    wrong = {}
    for place, path in part_of(enumerate(PAGES), part, one_in=3):
        at(desk, chromium, path)
        wrong[path] = measured(chromium, place)
    assert {path: said for path, said in wrong.items() if said} == {}


def test_questionnaire_is_sent_and_taken_without_script(desk: LeadDesk, chromium: ChromiumWindow) -> None:
    sent = workbook(FORM.replace("How old are you?", "كم عمرك؟"))
    at(desk, chromium, "/study/questionnaire")
    file = {"name": "form.xlsx", "mimeType": "application/octet-stream", "buffer": sent}
    chromium.page.set_input_files("#form", files=[file])  # type: ignore[arg-type,list-item]
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "button" and "Check it and compare" in focus["name"])
    keyboard.leave("Enter")
    assert measured(chromium, 1) == {}
    keyboard.to(lambda focus: focus["tag"] == "button" and "Take this questionnaire" in focus["name"])
    keyboard.leave("Enter")
    assert desk.form.read_bytes() == sent


def test_text_is_changed_beside_its_page_without_script(desk: LeadDesk, chromium: ChromiumWindow) -> None:
    at(desk, chromium, "/study/texts?find=how old")
    with chromium.page.expect_navigation():
        chromium.page.get_by_role("link", name="How old are you?").press("Enter")
    chromium.moved()
    chromium.page.get_by_label("The wording").fill("What is <b>your</b> age?")
    presses(chromium, "Change the text")
    assert measured(chromium, 2) == {}
    assert chromium.page.get_by_role("status").count() == 1
    chromium.page.frame_locator("iframe").get_by_text("What is <b>your</b> age?").wait_for()


def test_key_is_sent_and_an_edition_is_frozen_without_script(
    desk: LeadDesk, chromium: ChromiumWindow, public_key: PublicKey
) -> None:
    desk.shows_factor()
    at(desk, chromium, "/study/editions")
    file = {"name": "public.key", "mimeType": "text/plain", "buffer": public_key.to_text().encode()}
    chromium.page.set_input_files("#key", files=[file])  # type: ignore[arg-type,list-item]
    presses(chromium, "Show its fingerprint")
    assert measured(chromium, 0) == {}
    chromium.page.get_by_role("checkbox").press("Space")
    presses(chromium, "Freeze with this key")
    assert measured(chromium, 1) == {}
    assert len(list((desk.site.data / "editions").iterdir())) == 1


def test_visit_is_gone_through_by_the_keyboard_without_script(desk: LeadDesk, chromium: ChromiumWindow) -> None:
    at(desk, chromium, "/study/visit?language=sv")
    frame = chromium.page.frame_locator("iframe")
    inside = chromium.page.frames[1]
    with inside.expect_navigation():
        frame.locator("button.button").first.press("Enter")
    frame.get_by_role("radio").first.press("Space")
    with inside.expect_navigation():
        frame.locator(".go button").first.press("Enter")
    assert frame.locator("html").get_attribute("lang") == "sv"
    assert chromium.page.url.endswith("/study/visit?language=sv")
    assert inside.url.startswith(f"{desk.site.url}/study/visit/pages/")
    with inside.expect_navigation():
        frame.locator("a.leave").press("Enter")
    frame.get_by_text("nowhere else").wait_for()


def test_report_is_changed_without_script(desk: LeadDesk, chromium: ChromiumWindow) -> None:
    file = desk.site.study / "report.md"
    new = f"{file.read_text('utf-8')}\nكلمات <b>أخرى</b>.\n"
    at(desk, chromium, "/study/file/report.md")
    chromium.page.get_by_label("The wording").fill(new)
    presses(chromium, "Check it and compare")
    assert measured(chromium, 3) == {}
    presses(chromium, "Take it")
    assert file.read_text("utf-8") == new


def test_service_is_written_by_the_keyboard_in_arabic(desk: LeadDesk, chromium: ChromiumWindow) -> None:
    """What does not fit is said at its field; what was typed is there still."""
    chromium.page.set_extra_http_headers({"Accept-Language": "ar"})
    at(desk, chromium, "/study/help/service")
    assert chromium.page.locator("html").get_attribute("dir") == "rtl"
    chromium.page.locator("#name").fill("خط <b>آمن</b>")
    save = chromium.page.locator("button[value=save]")
    with chromium.page.expect_navigation():
        save.press("Enter")
    chromium.moved()
    wrong = chromium.page.locator("[aria-invalid]")
    assert [one.get_attribute("id") for one in wrong.all()] == ["country", "kind", "phone"]
    assert measured(chromium, 0) == {}
    chromium.page.locator("#country").select_option("SE")
    chromium.page.locator("#kind").select_option("crisis")
    chromium.page.locator("#phone").fill("116 123")
    with chromium.page.expect_navigation():
        save.press("Enter")
    chromium.moved()
    assert chromium.page.get_by_role("status").count() == 1
    assert measured(chromium, 0) == {}
    assert "SE,خط <b>آمن</b>,crisis,,116 123," in (desk.site.study / "support.csv").read_text("utf-8")


def test_service_is_hidden_by_the_keyboard_in_arabic_and_what_is_left_is_said(
    desk: LeadDesk, chromium: ChromiumWindow
) -> None:
    chromium.page.set_extra_http_headers({"Accept-Language": "ar"})
    at(desk, chromium, "/study/help/hide")
    hide = chromium.page.locator("main form button")
    with chromium.page.expect_navigation():
        hide.press("Enter")
    chromium.moved()
    wrong = chromium.page.locator("[aria-invalid]")
    assert [one.get_attribute("id") for one in wrong.all()] == ["service", "by"]
    assert measured(chromium, 1) == {}
    chromium.page.locator("#service").select_option("SE Kvinnofridslinjen")
    chromium.page.locator("#by").fill("منسقة <b>الخط</b>")
    chromium.page.locator("#reason").fill("رقم خاطئ")
    with chromium.page.expect_navigation():
        hide.press("Enter")
    chromium.moved()
    assert chromium.page.get_by_role("status").locator("li").count() == 3
    assert chromium.page.get_by_text("منسقة <b>الخط</b>").count() == 1
    assert measured(chromium, 0) == {}
    with chromium.page.expect_navigation():
        chromium.page.get_by_role("link", name="Kvinnofridslinjen").press("Enter")
    chromium.moved()
    assert chromium.page.locator("#checked_by").input_value() == ""
    assert measured(chromium, 1) == {}
