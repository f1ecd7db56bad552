"""axe-core finds nothing on any page, in Chromium and in Firefox, script off; and it does find what is planted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.access import axe
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery
from tests.access.hall import Hall
from tests.access.windows import ChromiumWindow, FirefoxWindow
from tests.sampling import matrix, matrix_parts, part_of

pytestmark = pytest.mark.browser
ENGINES = ("chromium", "firefox")
A_FEW = (
    "welcome",
    "young",
    "end",
    "review",
    "words, does not fit",
    "answers, answered",
    "grid",
    "moments, does not fit",
)
"""What a second engine could see otherwise: lists, boxes, fields, columns."""


def found(window: ChromiumWindow | FirefoxWindow, exhibits: Iterable[Exhibit]) -> dict[str, list[str]]:
    """What axe says, by page."""
    every = tuple(exhibits)
    lines = {}
    with Hall(every) as hall:
        for exhibit in every:
            window.open(hall.address(exhibit))
            lines[exhibit.label] = axe.findings(window)
    return {label: said for label, said in lines.items() if said}


def planted(exhibit: Exhibit, old: str, new: str) -> Exhibit:
    """The page with a fault in it."""
    body = exhibit.shown.body.decode()
    assert old in body
    return replace(exhibit, shown=replace(exhibit.shown, body=body.replace(old, new, 1).encode()))


FAULTS = {
    "html-has-lang": (' lang="', ' data-lang="'),
    "label": ('<label for="', '<label data-for="'),
    "empty-heading": ("<h1>", "<h4></h4><h1>"),
    "button-name": ("<main>", "<main><button></button>"),
    "link-name": ("<main>", '<main><p><a href="/"></a></p>'),
    "list": ("<main>", "<main><ul><p>Nothing.</p></ul>"),
    "tabindex": ("<main>", '<main><p tabindex="3">Nothing.</p>'),
    "target-size": ("<main>", '<main><input type="checkbox" title="one"><input type="checkbox" title="other">'),
    "landmark-no-duplicate-main": ("</main>", "</main><main><p>Another.</p></main>"),
}


@matrix_parts
def test_axe_finds_nothing_on_any_kind_of_page(shown: Gallery, chromium: ChromiumWindow, part: str) -> None:
    assert found(chromium, part_of(shown.every, part, one_in=4)) == {}


@matrix_parts
def test_axe_finds_nothing_in_firefox(shown: Gallery, firefox: FirefoxWindow, part: str) -> None:
    assert found(firefox, part_of(shown.named(*A_FEW), part, one_in=4)) == {}


@matrix_parts
def test_contrast_holds_in_the_dark(shown: Gallery, chromium: ChromiumWindow, part: str) -> None:
    chromium.as_if(prefers_color_scheme="dark")
    assert found(chromium, part_of(shown.named(*A_FEW, "break", "paused", "help/SE"), part, one_in=4)) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_axe_finds_nothing_on_any_page_nor_in_any_language(everything: Gallery, chromium: ChromiumWindow) -> None:
    """Every page in three languages, and some in each other: the rest is built alike (`test_gallery.py`)."""
    assert found(chromium, everything.spread) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_axe_finds_nothing_on_any_page_in_firefox(everything: Gallery, firefox: FirefoxWindow) -> None:
    assert found(firefox, everything.few) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_a_small_page_or_a_dark_one(
    everything: Gallery, chromium: ChromiumWindow, width: int, scheme: str
) -> None:
    chromium.page.set_viewport_size({"width": width, "height": 640})
    chromium.as_if(prefers_color_scheme=scheme)
    assert found(chromium, everything.few) == {}


@pytest.mark.parametrize("engine", matrix(ENGINES, ["chromium"]))
def test_axe_finds_what_is_planted(shown: Gallery, engine: str, request: pytest.FixtureRequest) -> None:
    """The control: the same way of asking sees each fault, on a page where it otherwise sees none."""
    (page,) = shown.named("words")
    for old, new in FAULTS.values():
        page = planted(page, old, new)
    (lines,) = found(request.getfixturevalue(engine), [page]).values()
    assert {line.partition(":")[0] for line in lines} >= set(FAULTS)


def test_contrast_of_aaa_is_asked(shown: Gallery, chromium: ChromiumWindow) -> None:
    """Grey at 5.7 to 1 is enough for AA and too little for AAA."""
    (page,) = shown.named("words")
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        chromium.ask("document.querySelector('.note p').style.color = 'rgb(102, 102, 102)'")
        chromium.ask("document.documentElement.style.background = 'white'")
        rules = {line.partition(":")[0] for line in axe.findings(chromium)}
    assert rules == {"color-contrast-enhanced"}


def test_rules_that_the_statement_names_are_those_that_are_asked(shown: Gallery, chromium: ChromiumWindow) -> None:
    with Hall(shown.kinds[:1]) as hall:
        chromium.open(hall.address(shown.kinds[0]))
        named = json.loads(
            chromium.ask("JSON.stringify(axe.getRules().map(one => [one.ruleId, one.tags]))", axe.source())
        )
    tags = {rule: set(those) for rule, those in named}
    assert set(axe.rules()) <= set(tags)
    left_out = {rule for rule in tags if rule not in axe.rules() and tags[rule] & set(axe.TAGS)}
    assert {rule for rule in left_out if not tags[rule] & {"experimental", "deprecated"}} == set()
