"""`python -m bench.phone [--language TAG]… [--json FILE]`: what a visit asks of somebody on a phone.

A practice survey of the study is answered in Chromium without scripts, in a window of 360 by 740, on the shortest and
on the longest path: page by page as a person would, with one press for each question. It counts pages, presses, visible
words, and screens, which is how far one has to scroll a page, in heights of the window, until the button that goes on
is fully visible. To compare two versions, run this in both.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.access.windows import ChromiumWindow  # the only way to measure without scripts
from tests.conftest import browser_path

from bench.long_visit import STUDY
from bench.serving import served

WIDTH, HEIGHT = 360, 740
TAGS = ("en", "fi", "de", "ar")
PATHS = {"short": ("short", "yes", "go_on"), "long": ("long", "yes", "go_on", "organisation", "images")}
"""The answers that lead to each path, and to the most questions on it. Every other question gets its first choice."""
_TEXT = "Ask children, believe them, and tell them what happens next."
_MOST_PAGES = 200
_MOST_QUESTIONS = 40

_PAGE = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
ON = "main .go button[value^='next']"
PICKS = "main button[value^='pick:']"
"""Choices that are buttons."""
READ = "button[value^='review']"


@dataclass(slots=True)
class PathCost:
    """What one path asks of a person."""

    pages: int = 0
    """Pages of questions."""
    presses: int = 0
    """Presses of buttons, choices and fields, from *Begin* to *Send*."""
    words: int = 0
    """On the first page and the pages of questions."""
    last_words: int = 0
    """On the page with *Send*."""
    screens: float = 0.0
    """How far pages of questions are scrolled."""
    all_screens: float = 0.0
    """How far all pages are scrolled, including the first and the last."""
    button_seen: int = 0
    """How many pages of questions show the button that goes on without scrolling."""
    review_screens: float = 0.0
    """The height of the review page."""


@dataclass(slots=True)
class Measured:
    """The figures for one language."""

    begin_screens: float = 0.0
    """How far below the top *Begin* ends, in screens."""
    words_before: int = 0
    """Words before the first answer: the first page, and what is above the first choice."""
    choice: tuple[int, int] = (0, 0)
    """The least and the greatest height of a choice of one line, in pixels."""
    paths: dict[str, PathCost] = field(default_factory=dict)


class Visitor:
    """Answers a survey in a window, and counts."""

    def __init__(self, window: ChromiumWindow, port: int, tag: str) -> None:
        self._window, self._root, self._tag = window, f"http://127.0.0.1:{port}", tag

    def measure(self) -> Measured:
        """Both paths."""
        found = Measured()
        self._window.open(f"{self._root}/{self._tag}")
        found.begin_screens = round(self._ask("page.bottom('main button.button')") / HEIGHT, 1)
        found.words_before = self._ask("page.words()")
        self._press("main button.button")
        found.words_before += self._ask("page.before()")
        heights: list[int] = []
        for path, wanted in PATHS.items():
            found.paths[path] = self._path(wanted, heights)
        found.choice = (min(heights), sorted(heights)[len(heights) // 2])
        return found

    def _path(self, wanted: Sequence[str], heights: list[int]) -> PathCost:
        self._window.anew()
        self._window.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        self._window.open(f"{self._root}/{self._tag}")
        cost = PathCost(presses=1, words=self._ask("page.words()"))
        cost.all_screens = self._over("main button.button")
        self._press("main button.button")
        for _ in range(_MOST_PAGES):
            if self._there("button[value^='send']"):
                return self._end(cost)
            cost.pages += 1
            cost.words += self._ask("page.words()")
            heights += self._ask("page.choices()")
            over = self._over(PICKS if self._there(PICKS) else ON)
            cost.screens += over
            cost.button_seen += not over
            cost.presses += self._go_on(wanted)
        raise ValueError(f"{self._tag}: no last page after {_MOST_PAGES}")

    def _end(self, cost: PathCost) -> PathCost:
        """Count the last page, and the review page if that is another one."""
        cost.last_words = self._ask("page.words()")
        cost.all_screens = round(cost.all_screens + cost.screens + self._over("button[value^='send']"), 1)
        cost.presses += 1
        if not self._there("dl") and self._there(READ):
            self._press(READ)
        cost.review_screens = round(self._ask("page.height()") / HEIGHT, 1)
        cost.screens = round(cost.screens, 1)
        return cost

    def _over(self, button: str) -> float:
        """How far the page is scrolled until its button is fully visible, in screens."""
        bottom: int = self._ask(f"page.bottom({json.dumps(button)})")
        return max(0, bottom - HEIGHT) / HEIGHT

    def _go_on(self, wanted: Sequence[str]) -> int:
        """Answer the page and go on. Returns how many presses that took."""
        if not self._there(PICKS):
            presses = self._answer(wanted) + 1
            self._press(ON)
            return presses
        values = [str(one.get_attribute("value")) for one in self._window.page.locator(PICKS).all()]
        picked = next((one for one in values if one.strip().removeprefix("pick:") in wanted), values[0])
        self._press(f'main button[value="{picked}"]')
        return 1

    def _answer(self, wanted: Sequence[str]) -> int:
        """Answer what is asked, including follow-ups. Returns how many presses that took."""
        done: set[str] = set()
        presses = 0
        for _ in range(_MOST_QUESTIONS):
            open_now = [one for one in self._ask("page.asked()") if one["name"] not in done]
            if not open_now:
                break
            one = open_now[0]
            done.add(one["name"])
            presses += self._give(one["name"], one["kind"], one["values"], wanted)
        return presses

    def _give(self, name: str, kind: str, values: Sequence[str], wanted: Sequence[str]) -> int:
        if kind == "text":
            self._window.page.locator(f'[name="{name}"]').fill(_TEXT)
            return 1
        named = [value for value in values if value.strip() in wanted] or [*values[:1]]
        for value in named if kind == "checkbox" else named[:1]:
            if kind == "select":
                self._window.page.locator(f'select[name="{name}"]').select_option(value)
            else:
                self._window.page.locator(f'input[name="{name}"][value="{value}"]').check()
        return len(named) if kind == "checkbox" else 1

    def _there(self, selector: str) -> bool:
        return bool(self._window.page.locator(selector).count())

    def _press(self, selector: str) -> None:
        with self._window.page.expect_navigation():
            self._window.page.locator(f"{selector}:visible").last.click()
        self._window.moved()

    def _ask(self, expression: str) -> Any:
        return self._window.ask(expression, _PAGE)


def measure(study: Path, tags: Iterable[str]) -> dict[str, Measured]:
    """What was measured, by language."""
    browser, found = ChromiumWindow(browser_path("chromium"), cheaper=False), {}
    with TemporaryDirectory() as folder, served(study, Path(folder), workers=1) as port, browser as window:
        for tag in tags:
            window.anew()
            window.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            found[tag] = Visitor(window, port, tag).measure()
    return found


def table(found: dict[str, Measured]) -> str:
    """Rows of figures, a column for each language."""
    rows: list[tuple[str, list[object]]] = [
        ("Begin, screens down", [one.begin_screens for one in found.values()]),
        ("words before the first answer", [one.words_before for one in found.values()]),
        ("height of a choice, least and middle", [f"{one.choice[0]}, {one.choice[1]}" for one in found.values()]),
    ]
    for path in PATHS:
        costs = [one.paths[path] for one in found.values()]
        rows += [
            (f"{path} path: pages", [cost.pages for cost in costs]),
            ("  presses", [cost.presses for cost in costs]),
            ("  words", [f"{cost.words:,}" for cost in costs]),
            ("  words of the page with Send", [f"{cost.last_words:,}" for cost in costs]),
            ("  screens of pages of questions", [cost.screens for cost in costs]),
            ("  screens of all pages", [cost.all_screens for cost in costs]),
            ("  the button on the first screen", [f"{cost.button_seen} of {cost.pages}" for cost in costs]),
            ("  reading through, screens", [cost.review_screens for cost in costs]),
        ]
    width = max(len(label) for label, _ in rows)
    lines = [f"{label:<{width}}" + "".join(f"{value!s:>12}" for value in values) for label, values in rows]
    return "\n".join([" " * width + "".join(f"{tag:>12}" for tag in found), *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write JSON if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.phone", description="What a visit asks of a phone.")
    parser.add_argument("--language", action="append", help="in this one; en, fi, de and ar by default")
    parser.add_argument("--study", type=Path, default=STUDY, help="a study folder; our-voice by default")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args(arguments)
    found = measure(given.study, given.language or TAGS)
    print(table(found))
    if given.json:
        content = {tag: asdict(one) for tag, one in found.items()}
        given.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
