"""Nothing is cut, covered or too small to press: narrow windows, large letters, wide spacing, long words, any setting.

Widths are CSS pixels: a window of 1280 by 1024 that is magnified to 400 % has 320 by 256 of them (WCAG 1.4.10).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery, long_words
from tests.access.hall import Hall
from tests.access.measuring import READING, measured, source
from tests.access.windows import ChromiumWindow
from tests.sampling import matrix, matrix_parts, part_of

pytestmark = pytest.mark.browser
SOME = (
    "welcome",
    "end",
    "review",
    "young",
    "answers, answered",
    "grid",
    "moments, does not fit",
    "scales",
    "paused",
    "break",
)


@pytest.mark.shows("1.4.10", "2.5.5", "2.5.8")
@matrix_parts
def test_at_four_times_the_size_nothing_is_cut_and_all_can_be_pressed(
    shown: Gallery, chromium: ChromiumWindow, part: str
) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 256})
    assert measured(chromium, part_of(shown.every, part, one_in=3), (*READING, "fields", "targets")) == {}


def test_begin_is_on_the_first_screen_of_a_phone(shown: Gallery, chromium: ChromiumWindow) -> None:
    chromium.page.set_viewport_size({"width": 360, "height": 740})
    assert measured(chromium, shown.named("welcome"), ("below",)) == {}


@pytest.mark.shows("1.4.12")
@matrix_parts
def test_wider_spacing_cuts_nothing(shown: Gallery, chromium: ChromiumWindow, part: str) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    assert measured(chromium, part_of(shown.named(*SOME), part, one_in=3), READING, first="spaced") == {}


@pytest.mark.shows("1.4.4")
@matrix_parts
def test_letters_of_twice_the_size_cut_nothing_even_on_a_phone(
    shown: Gallery, chromium: ChromiumWindow, part: str
) -> None:
    chromium.page.set_viewport_size({"width": 390, "height": 844})
    assert measured(chromium, part_of(shown.named(*SOME), part, one_in=3), READING, first="twice") == {}


@pytest.mark.shows("1.4.10")
@matrix_parts
def test_words_longer_than_a_line_are_broken(tmp_path: Path, chromium: ChromiumWindow, part: str) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    assert measured(chromium, part_of(long_words(tmp_path), part, one_in=3), READING) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_no_page_in_any_language_is_cut_on_the_smallest_window(everything: Gallery, chromium: ChromiumWindow) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 256})
    assert measured(chromium, everything.every, (*READING, "fields", "targets")) == {}


@pytest.mark.whole
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("width", "first"), [(320, "spaced"), (390, "twice"), (640, "twice"), (800, ""), (1280, "spaced")]
)
def test_no_page_is_cut_at_any_size(everything: Gallery, chromium: ChromiumWindow, width: int, first: str) -> None:
    chromium.page.set_viewport_size({"width": width, "height": 700})
    measures = READING if first else (*READING, "fields", "targets")
    assert measured(chromium, everything.few, measures, first=first) == {}


PLANTED = {
    "sideways": "document.querySelector('h1').style.width = '500px'",
    "cut": "document.querySelector('.services li').style.cssText = 'width: 90px; white-space: nowrap'",
    "swallowed": "document.querySelector('main .button').innerHTML = 'Sign for <bdi>ChildX</bdi>'",
    "targets": "document.querySelector('main .button').style.cssText = 'min-height: 0; padding: 0; line-height: 1'",
}


@pytest.mark.parametrize("measure", sorted(PLANTED))
def test_measures_see_what_is_planted(shown: Gallery, chromium: ChromiumWindow, measure: str) -> None:
    (page,) = shown.named("help/SE")
    (other,) = shown.named("welcome")
    page = other if measure in {"swallowed", "targets"} else page
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        assert chromium.ask(f"measures.{measure}()", source()) == []
        chromium.ask(PLANTED[measure])
        assert chromium.ask(f"measures.{measure}()", source()) != []


def test_texts_over_each_other_are_seen(shown: Gallery, chromium: ChromiumWindow) -> None:
    (page,) = shown.named("welcome")
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        chromium.ask("document.querySelector('h1').style.marginBottom = '-2em'")
        assert chromium.ask("measures.overlapping()", source()) != []


def alone(window: ChromiumWindow, page: Exhibit, expression: str) -> object:
    """What an expression says of one page."""
    with Hall([page]) as hall:
        window.open(hall.address(page))
        return window.ask(expression, source())


@pytest.mark.shows("2.2.2")
def test_what_moves_is_stopped_without_script_and_by_keyboard(shown: Gallery, chromium: ChromiumWindow) -> None:
    (page,) = shown.named("break")
    chromium.as_if(prefers_reduced_motion="no-preference")
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        moving = [chromium.ask("measures.moving()", source())]
        for key in ("Enter", "Space"):
            chromium.page.locator(".breath summary").press(key)
            moving.append(chromium.ask("measures.moving()", source()))
    assert moving == [1, 0, 1]


@pytest.mark.shows("2.3.3")
def test_nothing_moves_for_who_asked_for_no_motion(shown: Gallery, chromium: ChromiumWindow) -> None:
    (page,) = shown.named("break")
    moving = {}
    for wish in ("reduce", "no-preference"):
        chromium.as_if(prefers_reduced_motion=wish)
        moving[wish] = alone(chromium, page, "measures.moving()")
    assert moving == {"reduce": 0, "no-preference": 1}


PLACES = """[...document.querySelectorAll(".question, .choice, .go, footer")].map(one => {
  const box = one.getBoundingClientRect();
  if (!box.width) return "";
  return [box.left, box.top + scrollY, box.width, box.height].map(Math.round).join();
})"""
CAN_BE_LEFT = ".question:has(.none):not(:has(.inside), .inside *)"
"""Questions that can be left without an answer, but for those in which a choice opens more."""
SHOWN_NONE = """[...document.querySelectorAll(".choice.none")].filter(
  one => getComputedStyle(one).clipPath === "none").length"""


@pytest.mark.parametrize(
    ("name", "width"), matrix(product(("answers", "grid", "scales"), (320, 1040)), [("answers", 320), ("grid", 1040)])
)
def test_choosing_and_taking_back_move_nothing(shown: Gallery, chromium: ChromiumWindow, name: str, width: int) -> None:
    """What takes a choice back is to be seen once something is chosen; its place was kept for it."""
    (page,) = shown.named(name)
    chromium.page.set_viewport_size({"width": width, "height": 700})
    with Hall([page]) as hall:
        chromium.open(hall.address(page))
        before = chromium.ask(PLACES)
        for question in chromium.page.locator(CAN_BE_LEFT).all():
            question.locator(".choice:not(.none)").first.click()
        chromium.page.mouse.move(0, 0)
        assert chromium.ask(SHOWN_NONE) == chromium.page.locator(CAN_BE_LEFT).count() > 0
        assert chromium.ask(PLACES) == before


TOOLS = """(() => {
  const boxes = [...document.querySelectorAll(".tools > *")].map(one => one.getBoundingClientRect());
  return boxes.every(one => boxes.every(other => one.top < other.bottom && other.top < one.bottom));
})()"""

MANY_ANSWERS = """(() => {
  const part = document.querySelector("details.written");
  part.open = true;
  const [question, answer] = part.querySelectorAll("dt, dd");
  for (let more = 0; more < 4; more++) answer.after(answer.cloneNode(true));
  const answers = [...question.parentElement.querySelectorAll("dd:not(.change)")];
  const edge = box => box.getBoundingClientRect()[getComputedStyle(box).direction === "rtl" ? "right" : "left"];
  return answers.map(one => Math.abs(edge(one) - edge(question)) < 1);
})()"""
"""Of the first question of the page to read through, as if five answers to it had been chosen."""


def test_tools_of_a_page_stand_in_one_row_on_a_phone(shown: Gallery, chromium: ChromiumWindow) -> None:
    assert below_each_other(chromium, shown.every) == []


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_tools_of_a_page_stand_in_one_row_on_a_phone_in_every_language(
    everything: Gallery, chromium: ChromiumWindow
) -> None:
    assert below_each_other(chromium, [*everything.kinds, *everything.asked]) == []


def below_each_other(chromium: ChromiumWindow, exhibits: Iterable[Exhibit]) -> list[str]:
    """Pages whose tools do not stand beside each other, of each language one of those with the same tools."""
    by_tools = {(one.tag, one.page.xpath("string(//*[@class='tools'])")): one for one in exhibits}
    chromium.page.set_viewport_size({"width": 320, "height": 640})
    with Hall([*by_tools.values()]) as hall:
        found = []
        for one in by_tools.values():
            chromium.open(hall.address(one))
            if not chromium.ask(TOOLS):
                found.append(one.label)
    return found


def test_page_that_is_printed_has_what_was_written_and_no_buttons(shown: Gallery, chromium: ChromiumWindow) -> None:
    (page,) = shown.named("review")
    chromium.as_if("print")
    seen = "[...document.querySelectorAll('%s')].filter(one => one.checkVisibility()).length"
    assert alone(chromium, page, seen % ".go, .tools, .top, .change") == 0
    assert alone(chromium, page, seen % "dt") == len(page.page.xpath("//dt"))
    assert alone(chromium, page, seen % "dd:not(.change)") == len(page.page.xpath("//dd[not(@class='change')]"))


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_answers_stand_below_their_question_however_many_they_are(
    shown: Gallery, chromium: ChromiumWindow, medium: str
) -> None:
    """Beside it they read as the answer to what is on their left."""
    (page,) = shown.named("review")
    chromium.page.set_viewport_size({"width": 1280, "height": 800})
    chromium.as_if(medium)
    assert alone(chromium, page, MANY_ANSWERS) == [True] * 5


@pytest.mark.shows("1.4.1", "1.4.11")
def test_colours_of_one_s_own_leave_choices_and_buttons_visible(shown: Gallery, chromium: ChromiumWindow) -> None:
    """Where the system takes all colours away, what is chosen has an outline and what is pressed an edge."""
    (page,) = shown.named("answers, answered")
    chromium.as_if(forced_colors="active")
    style = "[...document.querySelectorAll('%s')].map(one => getComputedStyle(one).%s)"
    styles = alone(chromium, page, style % (".choice:has(:checked):not(.none)", "outlineStyle"))
    assert isinstance(styles, list)
    assert set(styles) == {"solid"}
    borders = alone(chromium, page, style % (".button, .leave, .choice", "borderStyle"))
    assert isinstance(borders, list)
    assert "none" not in borders
