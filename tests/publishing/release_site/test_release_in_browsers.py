"""The pages of a release in a browser with script off: axe-core finds nothing, nothing is moved sideways, and a bar is
as long as its share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.publishing.report_catalogue import words_for
from kuule.usecases.releasing.publish_release import PublishOptions, publish_release
from tests.access import axe
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.publishing.release_site.site_release import (
    TODAY,
    site_release,
    site_wording,
    write_site_release,
)
from tests.register.site.shown_pages import served
from tests.sampling import matrix_parts, part_of, taken

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
A_FEW = ("index", "telling-someone", "country-FI", "data", "ar/telling-someone", "ar/index")
TWICE = "document.styleSheets[0].insertRule('html { font-size: 200% !important }', 0)"
BARS = """[...document.querySelectorAll('.bar')].map((cell) => {
  const style = getComputedStyle(cell)
  const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
  const length = cell.querySelector('i').getBoundingClientRect().width
  return [parseInt(cell.textContent), length / (room - NUMBER * parseFloat(style.fontSize))]
})"""
ROOM = {1280: "3.9", 320: "3.4"}
"""What a bar leaves to its number, in ems, by the width of the window."""
HEADS = """words => document.querySelectorAll('.bars thead:not(.vh) th:nth-child(n + 2)').forEach((head, at) => {
  [head.lang, head.textContent] = [words.tag, words.said[at % 2]]
})"""

ANSWERS = """words => document.querySelectorAll('.bars tbody th').forEach((answer, at) => {
  [answer.lang, answer.textContent] = words[at % words.length]
})"""
LONG_WORDS = (
    ("de", "Schuldgefühle"),
    ("el", "συμβουλευτική"),
    ("fi", "keskusteluavun"),
    ("fr", "enregistrements"),
    ("sv", "myndigheterna"),
    ("uk", "Великобританія"),
)
"""Words of answers of the study that ships; longer ones are few."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice site in English and Arabic."""
    folder = tmp_path_factory.mktemp("release")
    made = site_languages()
    write_site_release(folder / "r", is_approved=False, rehearsal=True, **made)
    publish_release(folder / "r", folder / "site", today=TODAY, options=PublishOptions(pdf=False))
    return folder / "site"


def site_languages() -> dict[str, object]:
    languages = site_release().languages
    return {
        "languages": {"en": languages["en"], "ar": languages["fi"]},
        "wordings": {"en": site_wording("en"), "ar": site_wording("ar")},
    }


def names_of(pages: Path) -> list[str]:
    """The pages, without the report, which has tests of its own."""
    names = (path.relative_to(pages).as_posix().removesuffix(".html") for path in pages.rglob("*.html"))
    return sorted(name for name in names if not name.endswith("report"))


def found(window: ChromiumWindow, address: str, names: list[str]) -> dict[str, list[str]]:
    """What axe says, by page. Whether a single letter is text it cannot tell: such are the links to letters."""
    lines = {}
    for name in names:
        window.open(f"{address}/{name}.html")
        lines[name] = [line for line in axe.findings(window) if "too short to determine" not in line]
    return {name: said for name, said in lines.items() if said}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@matrix_parts
def test_axe_finds_nothing_on_any_page(chromium: ChromiumWindow, pages: Path, size: dict[str, int], part: str) -> None:
    names = [name for place, name in enumerate(names_of(pages)) if size in taken([WIDE, NARROW], place)]
    assert len(names) > 5
    chromium.page.set_viewport_size(size)  # type: ignore[arg-type]
    with served(pages) as address:
        assert found(chromium, address, part_of(names, part, one_in=4)) == {}


@matrix_parts
def test_axe_finds_nothing_in_the_dark(chromium: ChromiumWindow, pages: Path, part: str) -> None:
    chromium.as_if(prefers_color_scheme="dark")
    with served(pages) as address:
        assert found(chromium, address, part_of(A_FEW, part, one_in=3)) == {}


@matrix_parts
def test_nothing_is_moved_sideways_on_a_narrow_page(chromium: ChromiumWindow, pages: Path, part: str) -> None:
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = {}
    with served(pages) as address:
        for name in part_of(names_of(pages), part, one_in=4):
            chromium.open(f"{address}/{name}.html")
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_letters_of_twice_the_size_fit(chromium: ChromiumWindow, pages: Path) -> None:
    chromium.page.set_viewport_size({"width": 390, "height": 844})
    wrong = {}
    with served(pages) as address:
        for name in A_FEW:
            chromium.open(f"{address}/{name}.html")
            chromium.ask(TWICE)
            wrong[name] = chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_bar_is_as_long_as_its_share(chromium: ChromiumWindow, pages: Path, size: dict[str, int]) -> None:
    chromium.page.set_viewport_size(size)  # type: ignore[arg-type]
    with served(pages) as address:
        chromium.open(f"{address}/telling-someone.html")
        bars = chromium.ask(BARS.replace("NUMBER", ROOM[size["width"]]))
    assert len(bars) == 8
    assert [(share, length) for share, length in bars if abs(share / 100 - length) > 0.02] == []


@pytest.mark.parametrize("folder", ["", "ar/"], ids=["from the left", "from the right"])
def test_heads_of_columns_are_whole_words_on_a_narrow_window(
    chromium: ChromiumWindow, pages: Path, folder: str
) -> None:
    """A head that is cut within a word loses the joins of its letters in Arabic, and has no hyphen anywhere."""
    chromium.page.set_viewport_size(NARROW)
    wrong = {}
    with served(pages) as address:
        chromium.open(f"{address}/{folder}telling-someone.html")
        for tag in ("en", *shipped_languages()):
            words = words_for(tag)
            chromium.ask(f"({HEADS})({json.dumps({'tag': tag, 'said': [words.say('share'), words.say('people')]})})")
            wrong[tag] = [said for said in chromium.ask("measures.broken()", source()) if "<th" in said]
    assert len(wrong) > 20
    assert {tag: said for tag, said in wrong.items() if said} == {}


@pytest.mark.parametrize("width", [360, 390])
def test_words_of_answers_are_whole_on_a_phone(chromium: ChromiumWindow, pages: Path, width: int) -> None:
    """This browser has no patterns of hyphens, as many have none: a word that is too long is cut anywhere."""
    chromium.page.set_viewport_size({"width": width, "height": 800})
    with served(pages) as address:
        chromium.open(f"{address}/telling-someone.html")
        chromium.ask(f"({ANSWERS})({json.dumps(LONG_WORDS)})")
        assert [said for said in chromium.ask("measures.broken()", source()) if "<th" in said] == []
