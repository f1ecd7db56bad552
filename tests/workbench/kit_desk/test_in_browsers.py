"""Kits at the workbench in a real browser: axe, 320 pixels, Arabic, the keyboard; and a newcomer's way to a poster."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.sampling import matrix_parts, part_of, taken
from tests.workbench import totp
from tests.workbench.kit_desk.conftest import KitDesk
from tests.workbench.workbench_for_tests import PASSWORD, Visitor

pytestmark = pytest.mark.browser
SIZES = ((320, "light"), (1280, "dark"), (1280, "light"), (320, "dark"))


def at(desk: KitDesk, chromium: ChromiumWindow, path: str, who: Visitor) -> None:
    cookies = [{"name": name, "value": text, "url": desk.site.url} for name, text in who.cookies.items()]
    chromium.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    chromium.open(f"{desk.site.url}{path}")


@matrix_parts
def test_pages_of_kits_keep_the_rules_of_axe_and_fit_their_window(
    kit_desk: KitDesk, chromium: ChromiumWindow, part: str
) -> None:
    paths = ("/kit/childx/ar", "/kit/childx", "/kit/childx/en", "/")
    pages = [(kit_desk.viewer, path) for path in paths]
    pages += [(kit_desk.translator, "/kit/childx/sv"), (kit_desk.stranger, "/kit/"), (kit_desk.site.lead, "/kit/")]
    wrong = {}
    for place, (who, path) in part_of(enumerate(pages), part, one_in=3):
        at(kit_desk, chromium, path, who)
        chromium.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width, scheme in taken(SIZES, place):
            chromium.page.set_viewport_size({"width": width, "height": 800})
            chromium.as_if(prefers_color_scheme=scheme)
            wrong[path, width, scheme] = [*findings(chromium), *chromium.ask("measures.sideways()", source())]
    assert {one: said for one, said in wrong.items() if said} == {}


def test_kit_is_reached_and_opened_with_the_keyboard_alone(kit_desk: KitDesk, chromium: ChromiumWindow) -> None:
    at(kit_desk, chromium, "/", kit_desk.viewer)
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/kit/childx"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/kit/childx/en"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("poster-a4-open-grey.pdf"))
    assert chromium.page.locator("h1").inner_text() == "Kit in English"


def test_newcomer_comes_from_an_invitation_to_a_poster_in_few_presses(
    kit_desk: KitDesk, chromium: ChromiumWindow, tmp_path
) -> None:
    page, presses = chromium.page, 0

    def press(name: str, role: str = "button") -> None:
        nonlocal presses
        presses += 1
        page.get_by_role(role, name=re.compile(name)).first.click()  # type: ignore[arg-type]

    page.goto(kit_desk.site.url + kit_desk.site.link("viewer", ["sv"], "ChildX"))
    page.get_by_label("Name others see").fill("A pseudonym")
    page.get_by_label("Sign-in name").fill("newcomer-to-kits")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The password again").fill(PASSWORD)
    press("Continue to the second factor")
    press("Set up an app", "link")
    page.get_by_label("Type the six digits").fill(totp.code(page.locator("p.address").inner_text()))
    press("Set it up")
    press("Go on", "link")
    press("Get your kit", "link")
    press("English", "link")
    with page.expect_download() as waiting:
        press("A4 for your printer", "link")
    waiting.value.save_as(tmp_path / "poster.pdf")
    assert presses == 7
    [poster] = PdfReader(tmp_path / "poster.pdf").pages
    assert ("survey.example.org/k7/en" in poster.extract_text(), round(float(poster.trimbox.width))) == (True, 595)
