"""No word is cut, and none is broken without a hyphen: at 320 px, in letters of twice the size, in many languages.

The browser of the tests has no dictionaries of its own, as many old phones have none: only soft hyphens break words.
"""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Iterator, Sequence

import pytest

from tests.access import gallery
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery
from tests.access.hall import Hall
from tests.access.measuring import measured, source
from tests.access.windows import ChromiumWindow
from tests.kept import Kept
from tests.sampling import matrix_parts, part_of

pytestmark = pytest.mark.browser
TAGS = ("fi", "de", "hu", "el", "ru", "tr", "sv", "en", "ar")
SIZES = ("", "twice")
MEASURES = ("broken", "cut", "sideways")


@pytest.fixture(scope="session")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Exhibit]:
    """Pages of the study that ships, in these languages in turn: each page in one, each language with a ninth."""
    assert Kept.folder is not None
    gathered = Kept.folder / "words"
    with gathered.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not gathered.exists():
            gathered.write_bytes(pickle.dumps(gallery.in_languages(tmp_path_factory.mktemp("words"), TAGS)))
    found: Sequence[Exhibit] = pickle.loads(gathered.read_bytes())
    return found


@pytest.mark.shows("1.4.4", "1.4.10")
@pytest.mark.parametrize("first", SIZES)
@matrix_parts
def test_no_word_is_broken_without_a_hyphen(
    worded: Sequence[Exhibit], chromium: ChromiumWindow, first: str, part: str
) -> None:
    """Each page in one of the sizes; below, all in both."""
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    pages = worded[SIZES.index(first) :: len(SIZES)]
    assert {one.tag for one in pages} == set(TAGS)
    assert measured(chromium, part_of(pages, part, one_in=4), MEASURES, first=first) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", SIZES)
def test_no_word_is_broken_in_any_language(everything: Gallery, chromium: ChromiumWindow, first: str) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    pages = (*everything.kinds, *everything.asked)
    assert measured(chromium, pages, MEASURES, first=first) == {}


PLANTED = {
    "letters": ("Kindheitserinnerungen", True),
    "mark": ("XXXXXXXXXXXXXXXXXXXX?", True),
    "soft": ("Kind\u00adheits\u00aderin\u00adne\u00adrun\u00adgen", False),
    "hyphen": ("Kind-heits-erin-ne-run-gen", False),
    "code": ("0123456789012345678901234567890123456789", False),
}


@pytest.fixture
def asked(worded: Sequence[Exhibit], chromium: ChromiumWindow) -> Iterator[ChromiumWindow]:
    """A page with a heading, in letters of twice the size."""
    page = next(one for one in worded if one.tag == "de" and one.page.xpath("//h1"))
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        chromium.ask("measures.twice()", source())
        yield chromium


@pytest.mark.parametrize("planted", sorted(PLANTED))
def test_measure_sees_a_broken_word_and_no_other(asked: ChromiumWindow, planted: str) -> None:
    text, is_broken = PLANTED[planted]
    asked.ask(f"document.querySelector('h1').textContent = {text!r}")
    found = [line for line in asked.ask("measures.broken()", source()) if "h1" in line]
    assert bool(found) == is_broken


@pytest.mark.parametrize("length", [12, 14, 17, 20, 25])
def test_heading_is_as_small_as_its_longest_part_needs(asked: ChromiumWindow, length: int) -> None:
    word = ("Verantwortungsbewusstseins" * 2)[:length]
    asked.ask(f"document.querySelector('h1').textContent = {word!r}")
    assert any("h1" in line for line in asked.ask("measures.broken()", source()))
    asked.ask(f"document.querySelector('h1').className = 'long-{length}'")
    assert [line for line in asked.ask("measures.broken()", source()) if "h1" in line] == []


def test_short_heading_keeps_its_size_in_ordinary_letters(worded: Sequence[Exhibit], chromium: ChromiumWindow) -> None:
    page = next(
        one
        for one in worded
        if one.tag == "en" and one.page.xpath("//h1[not(@class)][not(ancestor::legend)][not(label)]")
    )
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        assert chromium.ask("getComputedStyle(document.querySelector('h1')).fontSize") == "25.65px"
