"""No page asks for anything from elsewhere, a first visit is two requests, and nothing is left in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest

from kuule.web.stylesheet import style_sheet
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery
from tests.access.hall import Hall
from tests.access.keyboard import Keyboard
from tests.access.test_keyboard import short_visit
from tests.access.windows import ChromiumWindow
from tests.collector.browser import Shown

pytestmark = pytest.mark.browser


def asked_elsewhere(window: ChromiumWindow, exhibits: Sequence[Exhibit]) -> list[str]:
    """Addresses that the browser asked for, or wanted to, which are not on the host of the page."""
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    with Hall(exhibits) as hall:
        for exhibit in exhibits:
            window.open(hall.address(exhibit))
        assert len(asked) > len(exhibits)
        return [url for url in asked if not url.startswith(hall.origin + "/")]


def test_no_page_asks_for_anything_from_elsewhere(shown: Gallery, whole_chromium: ChromiumWindow) -> None:
    pages = shown.named("start", "welcome", "young", "help/SE", "review", "sent", "answers", "media, page_door")
    assert asked_elsewhere(whole_chromium, pages) == []


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_no_page_nor_any_language_asks_for_anything_from_elsewhere(
    everything: Gallery, whole_chromium: ChromiumWindow
) -> None:
    assert asked_elsewhere(whole_chromium, everything.spread) == []


def test_request_to_elsewhere_would_be_seen(whole_chromium: ChromiumWindow) -> None:
    asking = b'<!doctype html><title>.</title><img src="http://127.0.0.2:9/picture.png">'
    planted = Exhibit("planted", "en", Shown(200, {"content-type": ("text/html",)}, asking))
    assert asked_elsewhere(whole_chromium, [planted]) == ["http://127.0.0.2:9/picture.png"]


def kept(window: ChromiumWindow, origin: str) -> dict[str, object]:
    """What DevTools find of a site in this profile: cookies, and every store that a page could have."""
    window.tools.send("DOMStorage.enable")
    store = {"storageId": {"securityOrigin": origin, "isLocalStorage": True}}
    usage = window.tools.send("Storage.getUsageAndQuota", {"origin": origin})
    databases = window.tools.send("IndexedDB.requestDatabaseNames", {"securityOrigin": origin})
    caches = window.tools.send("CacheStorage.requestCacheNames", {"securityOrigin": origin})
    return {
        "cookies": window.tools.send("Network.getAllCookies")["cookies"],
        "local": window.tools.send("DOMStorage.getDOMStorageItems", store)["entries"],
        "session": window.tools.send(
            "DOMStorage.getDOMStorageItems", {"storageId": {**store["storageId"], "isLocalStorage": False}}
        )["entries"],
        "databases": databases["databaseNames"],
        "caches": caches["caches"],
        "bytes": usage["usage"],
    }


NOTHING = {"cookies": [], "local": [], "session": [], "databases": [], "caches": [], "bytes": 0}


def test_visit_leaves_nothing_in_the_browser_and_begins_with_two_requests(
    url: str, whole_chromium: ChromiumWindow
) -> None:
    asked: list[str] = []
    whole_chromium.page.on("request", lambda request: asked.append(f"{request.method} {urlsplit(request.url).path}"))
    whole_chromium.page.goto(url)
    assert asked == ["GET /", f"GET {style_sheet().address}"]
    for press in ("a[hreflang=en]", "main .button", "input[value=yes] + span", "main .button"):
        whole_chromium.page.locator(press).first.click()
    assert whole_chromium.page.locator("h1").inner_text().startswith("Are you 18 or older?")
    assert kept(whole_chromium, url) == NOTHING


@pytest.mark.whole
def test_whole_visit_leaves_nothing_in_the_browser(url: str, whole_chromium: ChromiumWindow) -> None:
    assert short_visit(Keyboard(whole_chromium), url) == "Thank you"
    assert kept(whole_chromium, url) == NOTHING


def test_what_a_page_would_leave_is_found(url: str, whole_chromium: ChromiumWindow) -> None:
    """The control: a cookie and an entry, set from outside the page."""
    whole_chromium.open(f"{url}/en")
    whole_chromium.ask("document.cookie = 'seen=1'")
    whole_chromium.ask("localStorage.setItem('seen', '1')")
    found = kept(whole_chromium, url)
    whole_chromium.page.context.clear_cookies()
    whole_chromium.ask("localStorage.clear()")
    assert found["cookies"] != []
    assert found["local"] == [["seen", "1"]]
