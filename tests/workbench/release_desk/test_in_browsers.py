"""Releases at the workbench in a real browser: script off, the keyboard alone, 320 pixels, hostile words, axe."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest

from kuule.releases.publication_release import EarlyAccess, ReleaseChange
from kuule.releases.release_folder import write_release
from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.workbench.release_desk.shelf import approved, release_of_study

pytestmark = pytest.mark.browser
HOSTILE = (
    '<script>top.hurt = 1</script><img src=x onerror="top.hurt = 1"></title></head><body onload="top.hurt = 1">'
    '<a href="javascript:top.hurt=1">x</a>'
)
LONG = "Strafverfolgungsverjährungsfrist" * 8


def at(filled, chromium, address, who=None):
    url, cookies = filled.desk.site.url, (who or filled.desk.coordinator).cookies
    chromium.page.context.add_cookies([{"name": name, "value": text, "url": url} for name, text in cookies.items()])
    chromium.open(f"{url}{address}")


def addresses(filled):
    """Every page: the list with folders that cannot be read, a release with all that can be said of one, previews."""
    (filled.desk.folder / "half").mkdir()
    (filled.desk.folder / "half" / "release.toml").write_text(LONG)
    previews = [filled.address("1.1", f"/{kind}/{tag}/{file}") for kind, tag, file in PREVIEWS]
    return ["/releases/", filled.address("1"), filled.address("1.1"), *previews]


PREVIEWS = (("report", "en", "report.html"), ("page", "sv", "index.html"), ("page", "en", "data.html"))


def test_pages_and_previews_keep_the_rules_that_a_program_can_check_in_light_and_dark(filled, chromium):
    for address in addresses(filled):
        at(filled, chromium, address)
        for scheme in ("light", "dark"):
            chromium.as_if(prefers_color_scheme=scheme)
            found = findings(chromium)
            if "/report/" in address:  # which has its own test
                found = [one for one in found if "kuule-preview" in one]
            assert found == [], (address, scheme)


def test_no_page_is_wider_than_its_window(filled, chromium):
    for address in addresses(filled):
        at(filled, chromium, address)
        for width in (1280, 768, 320):
            chromium.page.set_viewport_size({"width": width, "height": 800})
            seen = chromium.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]")
            assert seen == [width, True], address


def test_preview_is_reached_followed_and_left_with_the_keyboard_alone(filled, chromium):
    at(filled, chromium, "/")
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/releases/"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith(filled.address("1.1")))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/page/sv/index.html"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("data.html"))
    keyboard.leave("Enter")
    assert chromium.page.url.endswith(filled.address("1.1", "/page/sv/data.html"))
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith(filled.address("1.1")))
    keyboard.leave("Enter")
    assert chromium.page.locator("h1").inner_text() == "Release 1.1"
    # The measure takes the header of a public page for the bar that stays on top of a respondent's.
    above_header = ("<a > Back to the release: outline 3", "<a skip> Gå till texten: outline 3")
    assert [place for place in keyboard.unseen if not place.startswith(above_header)] == []


def test_preview_is_drawn_as_it_will_be_published(filled, chromium):
    """Its own style sheet is let in, and the bar of the preview has its own."""
    at(filled, chromium, filled.address("1", "/page/en/index.html"))
    bar = chromium.ask("getComputedStyle(document.querySelector('#kuule-preview')).backgroundColor")
    assert bar == "rgb(255, 243, 205)"
    assert chromium.ask("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("ui-serif")
    assert chromium.ask("[...document.body.children].slice(0, 2).map(one => one.id || one.className)") == [
        "skip",
        "kuule-preview",
    ]


def test_copy_is_downloaded_without_a_script(filled, chromium, tmp_path):
    at(filled, chromium, filled.address("1.1"))
    chromium.page.locator("#kind").select_option("page")
    chromium.page.locator("#language").select_option("sv")
    with chromium.page.expect_download() as waiting:
        chromium.page.locator('button[value="download"]').first.click()
    waiting.value.save_as(tmp_path / "copy.zip")
    assert waiting.value.suggested_filename == "small-study-1.1-page-sv-preview.zip"
    assert {"index.html", "report.html", "report.pdf", "data/tables.xlsx"} <= set(
        zipfile.ZipFile(tmp_path / "copy.zip").namelist()
    )


def test_hostile_release_runs_nothing_and_leads_nobody_away(filled, chromium):
    early = (EarlyAccess(HOSTILE, filled.releases["1"].release.description.day, HOSTILE),)
    made = release_of_study(
        version="66", citation=HOSTILE, licence=HOSTILE, contact=HOSTILE, early_access=early,
        changes=(ReleaseChange("en", HOSTILE),),
    )  # fmt: skip
    words = made.wordings["en"]
    made = replace(made, wordings={**made.wordings, "en": replace(words, title=HOSTILE, organisation=HOSTILE)})
    made = approved(made, "<b>Anna</b><script>top.hurt=1</script>", "Bo")
    found = write_release(made, filled.desk.folder / "66")
    base = f"/releases/{found.content[:16]}"
    browser = chromium.page.context.browser
    assert browser is not None
    with browser.new_context() as context:
        page = context.new_page()
        cookies = filled.desk.coordinator.cookies.items()
        context.add_cookies([{"name": name, "value": text, "url": filled.desk.site.url} for name, text in cookies])
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        previews = (f"{base}/report/en/report.html", f"{base}/page/en/index.html", f"{base}/page/en/release.html")
        for address in ("/releases/", base, *previews):
            reply = page.goto(f"{filled.desk.site.url}{address}")
            assert reply is not None
            assert reply.status == 200, address
            assert page.evaluate("window.hurt") is None
            assert page.locator("script, img[onerror], body[onload]").count() == 0
            assert page.locator('a[href^="javascript:"]').count() == 0
        assert [url for url in asked if not url.startswith(filled.desk.site.url)] == []
