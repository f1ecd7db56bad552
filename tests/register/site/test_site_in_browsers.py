"""Every page in a browser with script off: axe-core finds nothing, nothing is moved sideways, and paper has it all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.access import axe
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow, FirefoxWindow
from tests.register.site.built import build_small
from tests.register.site.conftest import BuiltSite
from tests.register.site.shown_pages import served
from tests.register.site.test_hostile_texts import LONG, hostile_files
from tests.sampling import is_sampled, matrix, matrix_parts, part_of, taken

pytestmark = [pytest.mark.browser, pytest.mark.slow]
A_FEW = ("index", "FI", "limitation", "until-FI", "how")
TWICE = "document.styleSheets[0].insertRule('html { font-size: 200% !important }', 0)"
NARROW = {"width": 320, "height": 640}
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": NARROW}
SCRIPTS = ("ar", "el", "fi", "zh")


def found(window: ChromiumWindow | FirefoxWindow, address: str, names: list[str]) -> dict[str, list[str]]:
    """What axe says, by page."""
    lines = {}
    for name in names:
        window.open(f"{address}/{name}.html")
        lines[name] = [line for line in axe.findings(window) if not is_measured_elsewhere(line)]
    return {name: said for name, said in lines.items() if said}


def is_measured_elsewhere(line: str) -> bool:
    """What axe leaves undecided by itself: whether one letter is a text (the signs, whose colours are those of all
    text), and what a cell of the matrix is drawn on while the line of its heads or its edge is over it. On a narrow
    page no cell is beneath anything, and there axe decides."""
    is_sign = "too short to determine" in line or "only non-text characters" in line
    covered = "partially obscured" in line or "partially overlaps" in line
    beneath = covered and ("td:nth-child" in line or "<a href=" in line)
    return line.startswith("undecided: color-contrast") and (is_sign or beneath)


def names_of(pages: Path) -> list[str]:
    return sorted(path.relative_to(pages).as_posix().removesuffix(".html") for path in pages.rglob("*.html"))


def longest_names_of(pages: Path) -> list[str]:
    """All of them; in a sample one page of a country and one of its time limits, those with the most in them."""
    kinds: dict[str, list[str]] = {}
    for name in names_of(pages):
        kinds.setdefault(re.sub(r"\b[A-Z]{2}\b", "CC", name) if is_sampled() else name, []).append(name)
    return [max(names, key=lambda name: (pages / f"{name}.html").stat().st_size) for names in kinds.values()]


@pytest.mark.parametrize("size", SIZES)
@matrix_parts
def test_axe_finds_nothing_on_any_page(chromium: ChromiumWindow, small: Path, size: str, part: str) -> None:
    chromium.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    names = [name for place, name in enumerate(names_of(small)) if size in taken([*SIZES], place)]
    with served(small) as address:
        assert found(chromium, address, part_of(names, part, one_in=4)) == {}


@matrix_parts
def test_axe_finds_nothing_in_the_dark(chromium: ChromiumWindow, small: Path, part: str) -> None:
    chromium.as_if(prefers_color_scheme="dark")
    with served(small) as address:
        assert found(chromium, address, part_of(A_FEW, part, one_in=3)) == {}


@matrix_parts
def test_axe_finds_nothing_in_other_scripts(chromium: ChromiumWindow, translated: Path, part: str) -> None:
    names = ["ar/index", "ar/FI", "ar/limitation", "el/SE", "fi/index", "zh/due"]
    with served(translated) as address:
        assert found(chromium, address, part_of(names, part, one_in=3)) == {}


@matrix_parts
def test_axe_finds_nothing_in_firefox(firefox: FirefoxWindow, small: Path, part: str) -> None:
    with served(small) as address:
        assert found(firefox, address, part_of(A_FEW, part, one_in=3)) == {}


@pytest.mark.whole
def test_axe_finds_nothing_on_any_page_that_ships(chromium: ChromiumWindow, site: BuiltSite) -> None:
    with served(site.pages) as address:
        assert found(chromium, address, names_of(site.pages)) == {}


@pytest.mark.whole
@pytest.mark.timeout(1800)
def test_axe_finds_nothing_in_firefox_on_any_page_that_ships(firefox: FirefoxWindow, site: BuiltSite) -> None:
    with served(site.pages) as address:
        assert found(firefox, address, names_of(site.pages)) == {}


def test_axe_finds_what_is_planted(chromium: ChromiumWindow, small: Path, tmp_path: Path) -> None:
    broken = (small / "index.html").read_text("utf-8").replace(' lang="en"', "", 1)
    (tmp_path / "index.html").write_text(broken, "utf-8")
    with served(tmp_path) as address:
        assert any("html-has-lang" in line for line in found(chromium, address, ["index"])["index"])


@matrix_parts
def test_nothing_is_moved_sideways_on_a_narrow_page(chromium: ChromiumWindow, site: BuiltSite, part: str) -> None:
    """At 320 pixels no page is wider than the window, and no text is outside of it (WCAG 1.4.10)."""
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = {}
    with served(site.pages) as address:
        for name in part_of(longest_names_of(site.pages), part, one_in=4):
            chromium.open(f"{address}/{name}.html")
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@matrix_parts
def test_very_long_words_are_broken(chromium: ChromiumWindow, tmp_path: Path, part: str) -> None:
    pages = build_small(tmp_path, hostile_files(LONG))
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = {}
    with served(pages) as address:
        for name in part_of(names_of(pages), part, one_in=4):
            chromium.open(f"{address}/{name}.html")
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("tag", matrix(SCRIPTS, ["ar"]))
def test_scripts_fit_on_a_narrow_page(chromium: ChromiumWindow, translated: Path, tag: str) -> None:
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = {}
    with served(translated) as address:
        for place, name in enumerate(names_of(translated / tag)):
            if tag not in taken(SCRIPTS, place):
                continue
            chromium.open(f"{address}/{tag}/{name}.html")
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_letters_of_twice_the_size_fit(chromium: ChromiumWindow, small: Path) -> None:
    chromium.page.set_viewport_size({"width": 390, "height": 844})
    wrong = {}
    with served(small) as address:
        for name in A_FEW:
            chromium.open(f"{address}/{name}.html")
            chromium.ask(TWICE)
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_neighbours_on_a_map_stand_where_the_file_says(chromium: ChromiumWindow, translated: Path) -> None:
    """Sweden left of Finland, Estonia below Finland: on a page that is read from the right too."""
    with served(translated) as address:
        for folder in ("", "ar/"):
            chromium.open(f"{address}/{folder}limitation.html")
            boxes = {code: box_of(chromium.page, code) for code in ("SE", "FI", "EE")}
            assert boxes["SE"][0] < boxes["FI"][0] == boxes["EE"][0]
            assert boxes["SE"][1] == boxes["FI"][1] < boxes["EE"][1]


def test_tiles_can_be_pressed_on_a_narrow_page(chromium: ChromiumWindow, site: BuiltSite) -> None:
    """Each tile has at least 24 by 24 pixels (WCAG 2.5.8), and all are of one size."""
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    with served(site.pages) as address:
        chromium.open(f"{address}/index.html")
        boxes = [one.bounding_box() for one in chromium.page.locator(".map a").all()]
    sides = {(round(box["width"]), round(box["height"])) for box in boxes if box is not None}
    assert min(min(side) for side in sides) >= 24
    assert max(side[0] for side in sides) - min(side[0] for side in sides) <= 1


def box_of(page: Page, code: str) -> tuple[int, int]:
    box = page.locator(f".t-{code} a").bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


def test_heads_of_the_matrix_stay_while_it_is_scrolled(chromium: ChromiumWindow, site: BuiltSite) -> None:
    chromium.page.set_viewport_size({"width": 800, "height": 500})
    with served(site.pages) as address:
        chromium.open(f"{address}/index.html")
        region = chromium.page.locator(".matrix-scroll")
        region.evaluate("one => one.scrollTo(150, 120)")
        box = region.bounding_box()
        head = chromium.page.locator(".matrix thead th").first.bounding_box()
        assert box is not None
        assert head is not None
        assert abs(head["x"] - box["x"]) <= 1
        assert abs(head["y"] - box["y"]) <= 2


def test_paper_has_the_whole_matrix(chromium: ChromiumWindow, site: BuiltSite) -> None:
    """Nothing scrolls on paper, so nothing may be outside of it."""
    with served(site.pages) as address:
        chromium.open(f"{address}/index.html")
        chromium.page.set_viewport_size({"width": 1500, "height": 1000})
        chromium.as_if("print")
        region, table = (chromium.page.locator(one).bounding_box() for one in ("main", ".matrix"))
        assert region is not None
        assert table is not None
        assert table["x"] + table["width"] <= region["x"] + region["width"] + 1


def test_signs_of_a_map_can_be_read_without_colours(chromium: ChromiumWindow, small: Path) -> None:
    """With the colours of the system (forced colours) a tile still has its code, its sign and its edge."""
    chromium.as_if(forced_colors="active")
    with served(small) as address:
        chromium.open(f"{address}/index.html")
        tile = chromium.page.locator(".t-SE a")
        style = "one => [getComputedStyle(one).borderTopStyle, getComputedStyle(one).backgroundImage]"
        assert tile.evaluate(style)[0] == "dashed"
        assert tile.locator("i").inner_text() == "D"
