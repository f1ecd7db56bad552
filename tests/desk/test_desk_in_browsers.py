"""The desk in a real browser: script off, 320 pixels, Arabic, hostile words, keyboard, axe."""

from __future__ import annotations

from itertools import product

import pytest

from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.desk.conftest import ARABIC, AUNT, HOSTILE, LONG, MARKER
from tests.desk.desk_process import DeskProcess
from tests.sampling import matrix_parts, part_of

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(_busy: DeskProcess, ids: dict[str, str]) -> DeskProcess:
    """The same desk, with the texts open again that another test left."""
    for words in (ARABIC, AUNT, HOSTILE, LONG):
        _busy.open_text(ids[words])
    return _busy


@pytest.fixture(scope="module")
def _busy(desk: DeskProcess, ids: dict[str, str]) -> DeskProcess:
    """A desk with a bit of everything: codes in a tree, marks, codes, a memo, a translation, open texts."""
    desk.post(
        "/codebook/new", {"name": "Heard", "definition": "Somebody listened.", "example": "made up", "heading": "1"}
    )
    page = desk.post("/codebook/new", {"name": "ا" * 60, "definition": ARABIC[:20], "when_not": "x" * 300})
    code = page.split("/codebook/")[-1][:32]
    for words in (ARABIC, AUNT, HOSTILE, LONG):
        desk.open_text(ids[words])
    for words, sought in ((ARABIC, "ليلى"), (AUNT, "Kuopio"), (HOSTILE, "top.hurt")):
        text = f"/text/{ids[words]}"
        desk.post(f"{text}/redact/words", {"words": sought, "category": "place"})
        desk.post(f"{text}/redact/done")
        desk.post(f"{text}/code/add", {"code": code})
        desk.post(f"{text}/memo", {"words": words[:30] + "y" * 200})
        desk.post(f"{text}/translation", {"words": ARABIC, "language": "fr", "machine": "1"})
    return desk


def addresses(ids: dict[str, str]) -> list[str]:
    texts = [f"text/{ids[words]}{task}" for words in (ARABIC, HOSTILE) for task in ("", "/redact", "/code", "/decide")]
    rest = ["", "texts", "codebook", "codebook/new", "agreement", "disagreements", "history", "help", "note", "break"]
    return [*rest, *texts, f"text/{ids[LONG]}/redact", f"text/{ids[AUNT]}/history", "nothing-here"]


@matrix_parts
def test_every_page_keeps_the_rules_and_fits_a_narrow_window(busy, ids, chromium, part):
    for numbered, address in part_of(product(("show", "hide"), addresses(ids)), part, one_in=8):
        busy.post(f"/text/{ids[ARABIC]}/numbers", {"numbers": numbered})
        chromium.page.set_viewport_size({"width": 320, "height": 800})
        chromium.open(f"{busy.address}{address}")
        assert findings(chromium) == [], (address, numbered)
        assert chromium.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [320, True], address
        assert chromium.ask("[self.hurt, document.querySelectorAll('main script, main img').length]") == [None, 0]


@matrix_parts
def test_pages_keep_the_rules_in_the_dark_and_wide(busy, ids, chromium, part):
    pages = ("", "texts", "codebook", f"text/{ids[ARABIC]}/redact", f"text/{ids[AUNT]}/code")
    for address in part_of(pages, part, one_in=3):
        chromium.open(f"{busy.address}{address}")
        chromium.as_if(prefers_color_scheme="dark")
        assert findings(chromium) == [], address


def test_arabic_words_run_from_the_right_and_the_page_does_not(busy, ids, chromium):
    chromium.open(f"{busy.address}text/{ids[ARABIC]}/redact")
    assert chromium.ask("getComputedStyle(document.querySelector('.words')).direction") == "rtl"
    assert chromium.ask("document.documentElement.dir") == "ltr"


def test_text_is_found_redacted_and_left_with_the_keyboard_alone(busy, ids, chromium):
    chromium.open(f"{busy.address}texts")
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "input")
    chromium.page.keyboard.type(MARKER)
    keyboard.leave("Enter")
    assert MARKER not in chromium.page.url
    keyboard.to(lambda focus: focus["tag"] == "a" and f"/text/{ids[AUNT]}" in focus["href"])
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/redact"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "input")
    chromium.page.keyboard.type(MARKER)
    keyboard.to(lambda focus: focus["tag"] == "select")
    chromium.page.keyboard.type("a rel")
    keyboard.to(lambda focus: focus["tag"] == "button" and "Mark these" in focus["name"])
    keyboard.leave("Enter")
    assert MARKER in chromium.page.locator("mark").first.inner_text()
    keyboard.to(lambda focus: focus["tag"] == "button" and "Leave" in focus["name"], "Shift+Tab")
    keyboard.leave("Enter")
    assert chromium.page.locator("h1").inner_text() == "You have left the page"
    assert keyboard.unseen == []
    busy.open_text(ids[AUNT])
    busy.post("/texts/choose", {"clear": "1"})
