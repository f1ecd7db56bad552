"""What is read from the right: numbers stand in line, and what somebody wrote in another direction reads rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.access.gallery import in_one_language
from tests.access.hall import Hall
from tests.access.windows import ChromiumWindow

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}
RIGHT_EDGES = """[...document.querySelectorAll('.numbers bdi')].map(one => {
  const range = document.createRange()
  range.selectNodeContents(one)
  return Math.round(range.getBoundingClientRect().right)
})"""
FIRST_AND_LAST = """(() => {
  const words = document.querySelector('.rescued').firstChild, range = document.createRange()
  const left = at => {
    range.setStart(words, at)
    range.setEnd(words, at + 1)
    return range.getBoundingClientRect().left
  }
  const line = words.data.indexOf('A second line.')
  return [left(line), left(line + 'A second line'.length)]
})()"""


def test_numbers_and_words_of_another_direction_stand_as_they_are_read(
    tmp_path: Path, chromium: ChromiumWindow
) -> None:
    help_page, words = in_one_language(tmp_path, "ar", "help/SE", "over, with words")
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    with Hall([help_page, words]) as hall:
        chromium.open(hall.address(help_page))
        edges = chromium.ask(RIGHT_EDGES)
        chromium.open(hall.address(words))
        first, stop = chromium.ask(FIRST_AND_LAST)
    assert (len(edges) > 2, len(set(edges)), first < stop) == (True, 1, True)
