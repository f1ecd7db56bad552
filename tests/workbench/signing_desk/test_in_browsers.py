"""Statements and a partner's own files in a real browser: axe, 320 pixels, Arabic; and a signature with a passkey."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.access.axe import findings
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.sampling import matrix_parts, part_of, taken
from tests.workbench.signing_desk.conftest import PAGE, SigningDesk, show_factor
from tests.workbench.test_journey import fill_in
from tests.workbench.workbench_for_tests import Visitor

pytestmark = pytest.mark.browser
AR = "التقادم\n\nنطلب شيئًا واحدًا.\n\nونطلبه معًا.\n"
LAID_OUT = ("sideways", "swallowed")
SIZES = ((320, "light"), (1280, "dark"), (1280, "light"), (320, "dark"))


def at(desk: SigningDesk, chromium: ChromiumWindow, path: str, who: Visitor) -> None:
    cookies = [{"name": name, "value": text, "url": desk.site.url} for name, text in who.cookies.items()]
    chromium.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    chromium.open(f"{desk.site.url}{path}")


@matrix_parts
def test_pages_keep_the_rules_of_axe_and_fit_their_window(
    desk: SigningDesk, chromium: ChromiumWindow, part: str
) -> None:
    folder = desk.site.study / "statements/time-limits"
    (folder / "statement.toml").write_text('languages = ["en", "sv", "ar"]\n', "utf-8")
    (folder / "ar.txt").write_text(AR, "utf-8")
    laid = desk.downloads / "childx" / f"{'a-long-name-' * 12}.pdf"
    laid.parent.mkdir(parents=True)
    laid.write_bytes(b"%PDF")
    shown = desk.site.member("signatory", ["sv"], "ChildX")
    pages = [(desk.childx, "/own"), (desk.childx, "/statements/"), (desk.childx, PAGE), (shown, PAGE)]
    pages += [(desk.viewer, PAGE), (desk.stranger, "/own"), (desk.site.lead, PAGE), (desk.childx, "/")]
    wrong = {}
    try:
        show_factor(shown)
        for place, (who, path) in part_of(enumerate(pages), part, one_in=3):
            chromium.page.set_extra_http_headers({"Accept-Language": ("en", "ar")[place % 2]})
            at(desk, chromium, path, who)
            for width, scheme in taken(SIZES, place):
                chromium.page.set_viewport_size({"width": width, "height": 800})
                chromium.as_if(prefers_color_scheme=scheme)
                lost = [said for one in LAID_OUT for said in chromium.ask(f"measures.{one}()", source())]
                wrong[place, path, width, scheme] = [*findings(chromium), *lost]
    finally:
        (folder / "ar.txt").unlink()
    assert {one: said for one, said in wrong.items() if said} == {}


def test_statement_is_signed_with_a_passkey(desk: SigningDesk, chromium: ChromiumWindow) -> None:
    page = chromium.new_context().new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    line.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto(desk.site.url + desk.site.link("signatory", ["sv"], "ChildX"))
    fill_in(page, "signs-by-passkey")
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("What to call it").fill("A key of glass")
    page.wait_for_load_state()  # a press before its script is there makes no passkey
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/account/codes")
    page.goto(desk.site.url + PAGE)
    assert page.get_by_role("button", name=re.compile("^Sign for")).count() == 0
    page.get_by_role("link", name="Show it").click()
    page.wait_for_url("**/account/confirm**")
    page.wait_for_load_state()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"**{PAGE}#sign")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign for ChildX").click()
    expect(page.get_by_role("status")).to_contain_text("ChildX has signed.")
    assert (desk.under("en"), desk.under("sv"), faults) == (("childx",), ("childx",), [])
    # It was good for one signature.
    expect(page.get_by_role("link", name="Show it")).to_be_visible()
    page.context.close()
