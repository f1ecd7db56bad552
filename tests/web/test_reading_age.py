"""The words around the questions are read by people of twelve, and by those who are upset and read like twelve."""

from __future__ import annotations

from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.gettext.shipped_words import INTERFACE_FOLDER
from tests.web.reading_age import reading_age, words, worst

WRITTEN_BY_AN_OFFICE = (
    "Participation is voluntary; respondents may discontinue participation or decline individual questions without "
    "indicating reasons, notwithstanding that submitted information cannot subsequently be withdrawn."
)


def test_a_text_of_an_office_is_found_to_be_one() -> None:
    assert reading_age([WRITTEN_BY_AN_OFFICE]) > 18
    assert reading_age(["You can stop at any time. You can pass over any question."]) < 10


def test_all_texts_together_are_for_people_of_ten() -> None:
    texts = [source.text for source in read_pot(INTERFACE_FOLDER / "interface.pot")]
    assert sum(len(words(text)) for text in texts) > 3000
    assert reading_age(texts) < 10


def test_no_text_is_beyond_people_of_fifteen() -> None:
    assert [(name, age) for age, name in worst() if age > 15] == []
