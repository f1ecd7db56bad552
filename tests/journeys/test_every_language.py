"""Each language from its first page to "thank you", without script: no sentence of the source shows.

`test_journeys.py` does it in some for every run of the tests.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kuule.languages.cldr.tags import find_language
from tests.journeys.chromium import Chromium
from tests.journeys.house import House, build, open_house
from tests.journeys.reader import Reader, borrowed
from tests.journeys.test_journeys import LONG
from tests.studies.shipped_study import LANGUAGES

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(build(tmp_path_factory.mktemp("house"))) as running:
        yield running


@pytest.mark.parametrize("tag", LANGUAGES)
def test_whole_study_is_answered_in_its_language_only(house: House, chromium: Chromium, tag: str) -> None:
    person = Reader(chromium, LONG)
    person.begin(house.url, tag)
    html = person.document()
    assert (html.get("lang"), html.get("dir")) == (tag, find_language(tag).direction)
    person.answer_all()
    assert person.form() is None, person.text()
    assert set(LONG) <= person.asked
    assert borrowed(tag, person) == set()
