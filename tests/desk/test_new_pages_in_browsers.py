"""The dataset, quotes, themes and files in a real browser: script off, 320 pixels, dark, keyboard, axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import copytree

import pytest

from kuule.qualitative.project.project_files import opened_project
from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.access.windows import ChromiumWindow
from tests.desk.conftest import ARABIC, HOSTILE
from tests.desk.desk_here import desk_here
from tests.desk.desk_process import DeskProcess, desk_process
from tests.desk.quoted_room import MARKER, NEW, QuotedRoom, kept_room
from tests.qualitative.small_project import PASSPHRASE
from tests.sampling import matrix_parts, part_of

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class BusyDesk:
    """A desk with quotes of three texts, codings that differ, a dataset and a release. `quotes` are their numbers by
    words, `texts` the ids of their texts."""

    desk: DeskProcess
    room: QuotedRoom
    texts: dict[str, str]
    quotes: dict[str, int]

    @property
    def addresses(self) -> list[str]:
        number, arabic, hostile = (self.quotes[words] for words in (MARKER, ARABIC, HOSTILE))
        pages = [
            "dataset",
            "dataset/part/1",
            "dataset/part/3?by=region",
            "quotes",
            "themes",
            "copies",
            "history?mine=1",
        ]
        pages += [f"quotes/{one}" for one in (number, arabic, hostile)] + [f"agreement/{NEW['Heard'].code}"]
        pages += [f"quotes/{arabic}/check/published", f"quotes/{number}/check/all", f"text/{self.texts[HOSTILE]}/quote"]
        return [*pages, *(f"text/{self.texts[ARABIC]}/{task}" for task in ("quote", "redact", "decide"))]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusyDesk]:
    room = kept_room(tmp_path_factory.mktemp("made"))
    folder = tmp_path_factory.mktemp("busy")
    copytree(room.folder, folder, dirs_exist_ok=True)
    room = QuotedRoom(folder)
    with opened_project(room.project, PASSPHRASE) as project:
        texts = {
            words: next(one.id for one in project.texts.values() if words in one.words)
            for words in (MARKER, ARABIC, HOSTILE)
        }
    quotes: dict[str, int] = {}
    with desk_here(room.project, "reader-1") as here:
        for words, text in texts.items():
            here.open_text(text, "quote")
            page = here.post(f"/text/{text}/quote/propose", {"group": "region=north"} if words == MARKER else {})
            quotes[words] = int(re.findall(r"<h1>Quote ([0-9]+)</h1>", page)[0])
            here.post(f"/text/{text}/code/add", {"code": NEW["Heard"].code})
            here.post(f"/text/{text}/code/done")
    with desk_process(room.project, "reader-2", "--release", str(room.release)) as desk:
        desk.post("/dataset/choose", {"place": str(room.dataset)})
        for words, text in texts.items():
            desk.open_text(text)
            desk.post(f"/text/{text}/code/add", {"code": NEW["Silence"].code})
            desk.post(f"/text/{text}/code/done")
            desk.post(f"/quotes/{quotes[words]}/translate", {"language": "fi", "words": f"{words} x"})
            desk.post(f"/quotes/{quotes[words]}/check/begin")
        desk.post(f"/quotes/{quotes[MARKER]}/check/rare", {"answer": "yes"})
        yield BusyDesk(desk, room, texts, quotes)


@pytest.fixture
def window(one_chromium: ChromiumWindow) -> Iterator[ChromiumWindow]:
    with one_chromium.awake():
        one_chromium.again()
        yield one_chromium


def found(window: ChromiumWindow) -> list[str]:
    """What axe finds. It cannot see what is behind a text of a chart: those colours are measured by themselves, in
    tests/core/test_palette.py."""
    return [
        line for line in findings(window) if not (line.startswith("undecided: color-contrast") and "<text " in line)
    ]


@matrix_parts
def test_every_new_page_keeps_the_rules_and_fits_a_narrow_window(
    busy: BusyDesk, window: ChromiumWindow, part: str
) -> None:
    for address in part_of(busy.addresses, part, one_in=4):
        window.page.set_viewport_size({"width": 320, "height": 800})
        window.open(f"{busy.desk.address}{address}")
        window.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert found(window) == [], address
        assert window.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [320, True], address
        assert window.ask("[self.hurt, document.querySelectorAll('main script, main img').length]") == [None, 0]


@matrix_parts
def test_charts_and_forms_keep_the_rules_in_the_dark(busy: BusyDesk, window: ChromiumWindow, part: str) -> None:
    pages = ("dataset", "dataset/part/3?by=region", f"quotes/{busy.quotes[HOSTILE]}", "themes", "copies")
    for address in part_of(pages, part, one_in=3):
        window.open(f"{busy.desk.address}{address}")
        window.as_if(prefers_color_scheme="dark")
        assert found(window) == [], address
    window.open(f"{busy.desk.address}dataset")
    window.as_if(prefers_color_scheme="dark")
    fill = window.ask("getComputedStyle(document.querySelector('.chart.wide path[fill*=series-0]')).fill")
    assert fill == "rgb(123, 193, 177)"


def test_arabic_quote_runs_from_the_right(busy: BusyDesk, window: ChromiumWindow) -> None:
    for address in (f"text/{busy.texts[ARABIC]}/quote", f"quotes/{busy.quotes[ARABIC]}"):
        window.open(f"{busy.desk.address}{address}")
        assert window.ask("getComputedStyle(document.querySelector('.words')).direction") == "rtl", address


def test_quote_is_checked_and_released_with_the_keyboard_alone(busy: BusyDesk, window: ChromiumWindow) -> None:
    """The sixth question is whether the words say the group; what was answered before is asked again."""
    number = busy.quotes[MARKER]
    window.open(f"{busy.desk.address}quotes")
    keyboard = Keyboard(window)
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith(f"/quotes/{number}"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "button" and "Begin the check" in focus["name"])
    keyboard.leave("Enter")
    for answer in ("yes", "many", "yes", "no", "no", "no"):
        keyboard.to(lambda focus: focus["tag"] == "input")
        while window.ask("document.activeElement.value") != answer or not window.ask("document.activeElement.checked"):
            window.page.keyboard.press("ArrowDown")
        keyboard.to(lambda focus: focus["tag"] == "button" and ("question" in focus["name"] or "end" in focus["name"]))
        keyboard.leave("Enter")
    assert window.page.locator("h1").inner_text() == "What you answered"
    keyboard.to(lambda focus: focus["tag"] == "button" and "Release" in focus["name"])
    keyboard.leave("Enter")
    assert "the quote is released" in window.page.locator(".notice").inner_text()
    assert keyboard.unseen == []
    assert ">released</span>" in busy.desk.get("/quotes")


def test_file_is_sent_by_a_browser(busy: BusyDesk, window: ChromiumWindow) -> None:
    window.open(f"{busy.desk.address}copies")
    window.page.set_input_files("#copy", str(busy.room.project))
    window.page.fill("#passphrase", PASSPHRASE.text)
    with window.page.expect_navigation():
        window.page.click("text=Merge it")
    assert "Merged: 0 acts" in window.page.locator(".notice").first.inner_text()
    assert PASSPHRASE.text not in window.page.content()
