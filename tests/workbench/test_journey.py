"""The way of a partner in a real browser: invited, password, second factor, in, out, in again; and axe on each page."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.access import axe
from tests.journeys.chromium import Chromium
from tests.sampling import taken
from tests.workbench import totp
from tests.workbench.workbench_for_tests import PASSWORD, Workbench

pytestmark = pytest.mark.browser
SIZES: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (320, "light"),
    (1200, "dark"),
    (1200, "light"),
    (320, "dark"),
)
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def fill_in(page: Page, username: str) -> None:
    page.get_by_label("Name others see").fill(f"Pseudonym, {username}")
    page.get_by_label("Sign-in name").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The password again").fill(PASSWORD)
    page.get_by_role("button", name="Continue to the second factor").click()


def test_partner_is_invited_sets_up_an_app_and_comes_back_without_script(site: Workbench, chromium: Chromium) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto(site.url + site.link("translator", ["sv"], "ChildX"))
    fill_in(page, "by-browser")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more lock")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("p.address").inner_text()
    page.get_by_label("Type the six digits").fill(totp.code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".codes-list li")).to_have_count(10)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ChildX")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.get_by_role("button", name="passkey").count() == 0  # it would need script
    page.get_by_label("Sign-in name").fill("by-browser")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Code").fill(totp.code(secret, later=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["The survey now", "Languages", "Links"])
    page.context.close()


def test_partner_makes_a_passkey_and_signs_in_with_it_alone(site: Workbench, chromium: Chromium) -> None:
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
    page.goto(site.url + site.link("reviewer", ["sv"], "ChildX"))
    fill_in(page, "by-passkey")
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("What to call it").fill("A key of glass")
    page.wait_for_load_state()  # a press before its script is there makes no passkey
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/account/codes")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").wait_for()
    page.wait_for_load_state()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site.url + "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("ChildX")
    page.goto(site.url + "/account")
    row = page.get_by_role("listitem").filter(has_text="A key of glass")
    assert "signs in without the password" in row.inner_text()
    row.get_by_role("link", name="Remove").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Remove").click()
    assert "This is the only second factor" in page.get_by_role("status").inner_text()
    assert faults == []
    page.context.close()


def test_pages_pass_axe_and_need_no_scrolling_aside(site: Workbench, chromium: Chromium) -> None:
    context = chromium.new_context()
    page, found = context.new_page(), []
    newcomer = site.visitor()
    newcomer.join(site.link("viewer", ["sv"]), "newcomer")
    addresses = {
        "": ("/sign-in", site.link("viewer", ["sv"])),
        newcomer.cookies["session"]: ("/account", "/account/app", "/account/passkey"),
        site.lead.cookies["session"]: ("/", "/people", "/audit", "/archive", "/account", "/account/codes", "/nowhere"),
    }
    every = [(session, path) for session, paths in addresses.items() for path in paths]
    for place, (session, path) in enumerate(every):
        context.clear_cookies()
        if session:
            context.add_cookies([{"name": "session", "value": session, "url": site.url}])
        page.goto(site.url + path)
        for width, scheme in taken(SIZES, place):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            for broken in axe.violations(page, _RULES):
                found.append((path, broken["id"], [node["html"][:80] for node in broken["nodes"]][:2]))
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "scrolls aside", []))
    context.close()
    assert found == []
