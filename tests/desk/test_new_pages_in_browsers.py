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


def found(chromium: ChromiumWindow) -> list[str]:
    """What axe finds. It cannot see what is behind a text of a chart: those colours are measured by themselves, in
    tests/core/test_palette.py."""
    return [
        line for line in findings(chromium) if not (line.startswith("undecided: color-contrast") and "<text " in line)
    ]


@matrix_parts
def test_every_new_page_keeps_the_rules_and_fits_a_narrow_window(
    busy: BusyDesk, chromium: ChromiumWindow, part: str
) -> None:
    for address in part_of(busy.addresses, part, one_in=4):
        chromium.page.set_viewport_size({"width": 320, "height": 800})
        chromium.open(f"{busy.desk.address}{address}")
        chromium.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert found(chromium) == [], address
        assert chromium.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [320, True], address
        assert chromium.ask("[self.hurt, document.querySelectorAll('main script, main img').length]") == [None, 0]


@matrix_parts
def test_charts_and_forms_keep_the_rules_in_the_dark(busy: BusyDesk, chromium: ChromiumWindow, part: str) -> None:
    pages = ("dataset", "dataset/part/3?by=region", f"quotes/{busy.quotes[HOSTILE]}", "themes", "copies")
    for address in part_of(pages, part, one_in=3):
        chromium.open(f"{busy.desk.address}{address}")
        chromium.as_if(prefers_color_scheme="dark")
        assert found(chromium) == [], address
    chromium.open(f"{busy.desk.address}dataset")
    chromium.as_if(prefers_color_scheme="dark")
    fill = chromium.ask("getComputedStyle(document.querySelector('.chart.wide path[fill*=series-0]')).fill")
    assert fill == "rgb(123, 193, 177)"


def test_arabic_quote_runs_from_the_right(busy: BusyDesk, chromium: ChromiumWindow) -> None:
    for address in (f"text/{busy.texts[ARABIC]}/quote", f"quotes/{busy.quotes[ARABIC]}"):
        chromium.open(f"{busy.desk.address}{address}")
        assert chromium.ask("getComputedStyle(document.querySelector('.words')).direction") == "rtl", address


def test_quote_is_checked_and_released_with_the_keyboard_alone(busy: BusyDesk, chromium: ChromiumWindow) -> None:
    """The sixth question is whether the words say the group; what was answered before is asked again."""
    number = busy.quotes[MARKER]
    chromium.open(f"{busy.desk.address}quotes")
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith(f"/quotes/{number}"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "button" and "Begin the check" in focus["name"])
    keyboard.leave("Enter")
    for answer in ("yes", "many", "yes", "no", "no", "no"):
        keyboard.to(lambda focus: focus["tag"] == "input")
        while chromium.ask("document.activeElement.value") != answer or not chromium.ask(
            "document.activeElement.checked"
        ):
            chromium.page.keyboard.press("ArrowDown")
        keyboard.to(lambda focus: focus["tag"] == "button" and ("question" in focus["name"] or "end" in focus["name"]))
        keyboard.leave("Enter")
    assert chromium.page.locator("h1").inner_text() == "What you answered"
    keyboard.to(lambda focus: focus["tag"] == "button" and "Release" in focus["name"])
    keyboard.leave("Enter")
    assert "the quote is released" in chromium.page.locator(".notice").inner_text()
    assert keyboard.unseen == []
    assert ">released</span>" in busy.desk.get("/quotes")


def test_file_is_sent_by_a_browser(busy: BusyDesk, chromium: ChromiumWindow) -> None:
    chromium.open(f"{busy.desk.address}copies")
    chromium.page.set_input_files("#copy", str(busy.room.project))
    chromium.page.fill("#passphrase", PASSPHRASE.text)
    with chromium.page.expect_navigation():
        chromium.page.click("text=Merge it")
    assert "Merged: 0 acts" in chromium.page.locator(".notice").first.inner_text()
    assert PASSPHRASE.text not in chromium.page.content()
