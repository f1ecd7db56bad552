"""Each language from its first page to "thank you", without script: no sentence of the source shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from kuule.languages.tags import language
from tests.journeys.house import House, build, open_house
from tests.journeys.person import Person
from tests.journeys.test_journeys import LONG, WINDOWS
from tests.studies.test_our_voice import LANGUAGES, LOOKS_ENGLISH, SAME, sources

SAMPLE = ("fa", "el")
"""Those of scripts that the other journeys do not have; `make test-all` walks them all."""
SHORTEST = 25
"""Shorter texts are words that another language may have as well."""


@dataclass(slots=True)
class Reader(Person):
    """A person who keeps what each page said."""

    said: list[str] = field(default_factory=list)

    def document(self):
        # not super(): a slotted dataclass is made anew, and the old class is what super() would look for
        document = Person.document(self)
        self.said.append(" ".join(document.text_content().split()))
        return document


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(build(tmp_path_factory.mktemp("house"))) as running:
        yield running


@pytest.mark.parametrize(
    "tag", [tag if tag in SAMPLE else pytest.param(tag, marks=pytest.mark.whole) for tag in LANGUAGES]
)
def test_whole_study_is_answered_in_its_language_only(house: House, tag: str) -> None:
    with WINDOWS["chromium"]() as window:
        person = Reader(window, LONG)
        person.begin(house.url, tag)
        html = person.document()
        assert (html.get("lang"), html.get("dir")) == (tag, language(tag).direction)
        person.answer_all()
        assert person.form() is None, person.text()
    assert set(LONG) <= person.asked
    same = SAME.get(tag, set()) | LOOKS_ENGLISH.get(tag, set())
    english = {text for _, text in sources() if len(text) >= SHORTEST and "$" not in text and "*" not in text} - same
    seen = "\n".join(person.said)
    assert {text for text in english if " ".join(text.split()) in seen} == set()
