"""What tests do with the codes of a visit: pause, come back, send, take back, as a person in a browser does."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import connection

from kuule.collector.http.collector_site import start_site
from kuule.collector.served.serve_options import ServeOptions
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field

COMING_BACK = "\n[coming_back]\npause_days = 14\nwithdraw_until = 2027-06-30\n"
WORDS = "That someone listens."
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def another(site: TestSite) -> Browser:
    """A browser that knows nothing of the first."""
    return Browser(site.browser.application)


def to_wish(site: TestSite, tag: str = "en") -> Browser:
    """A visit that has come to its last question, with the words in the field and not yet posted."""
    browser = site.pass_gates(tag)
    browser.press("next", {field(browser, "age_band"): "18_to_34", field(browser, "residence"): "FI"})
    while not any(name.endswith("/wish") for name in browser.asked):
        asked = {name.rsplit("/", 1)[-1]: name for name in browser.asked}
        browser.press("next", {asked["way"]: "pass"} if "way" in asked else {})
    return browser


def paused(browser: Browser) -> str:
    """Take a break, ask for a code: the digits as they are shown."""
    typed = {field(browser, "wish"): WORDS} if any(name.endswith("/wish") for name in browser.asked) else {}
    browser.press("break", typed)
    browser.press("pause")
    return shown_code(browser)


def shown_code(browser: Browser) -> str:
    (code,) = browser.shown.page.xpath("//p[contains(@class, 'twenty')]/bdi[@dir='ltr']/text()")
    assert re.fullmatch(r"([0-9]{4} ){4}[0-9]{4}", code)
    return str(code)


def resume(browser: Browser, code: str, tag: str = "en", go: str = "open") -> Browser:
    browser.get(f"/{tag}/resume")
    browser.press(go, {"code": code})
    return browser


def withdraw(browser: Browser, code: str, tag: str = "en") -> Browser:
    browser.get(f"/{tag}/withdraw")
    browser.press("withdraw", {"code": code})
    return browser


def send(browser: Browser) -> Browser:
    while "send" not in browser.buttons:
        browser.press("next")
    browser.press("send")
    return browser


def drafts() -> list[tuple[int, int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT draft_id, last_week, sealed FROM store_draft ORDER BY draft_id")
        return [(draft_id, week, bytes(sealed)) for draft_id, week, sealed in cursor.fetchall()]


def slipped(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def sent(site: TestSite, tag: str = "en") -> str:
    """Answer and send: the code that takes it back."""
    browser = site.answer({"wish": WORDS}, tag)
    browser.press("send")
    return shown_code(browser)


def serve(site: TestSite, folders: tuple[Path, ...]) -> None:
    kept = f"sqlite:///{site.folder / 'kept.sqlite3'}"
    options = ServeOptions(folders, kept, rehearsal=True, drafts=True, secret=site.folder / "token-secret")
    start_site(options, site.clock)


def rename(table: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")


def broken_store() -> None:
    for name in ("draft", "withdrawal"):
        rename(f"store_{name}", f"away_{name}")
