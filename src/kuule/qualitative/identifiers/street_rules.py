"""Where somebody lives: a word for a street, or a name that ends in one, with the number of a house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.language_words import LanguageWords, language_words
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_HOUSE = r"\d{1,4}(?:[^\S\n]?[a-zA-Zа-яА-Я](?!\w))?"
_AFTER = re.compile(rf"[^\S\n]?,?[^\S\n]?(?:nr?\.?|no\.?|д\.?|№)?[^\S\n]?{_HOUSE}(?![\w:])(?!\.\d)")
_BEFORE = re.compile(rf"(?<![\w.:]){_HOUSE}(?:[^\S\n]?(?:bis|ter))?,?[^\S\n]{{1,2}}$")
_MOST_WORDS = 5
_SHORTEST_NAME = 3
_NEAR = 12


def find_streets(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Streets with the number of a house. A street alone is left to the names around it."""
    words = language_words(answer.language)
    for number, word in enumerate(answer.words):
        compound = (
            bool(words.street_end) and word.capital and len(word.key) > _SHORTEST_NAME + min(map(len, words.street_end))
        )
        if word.key in words.street or (compound and word.key.endswith(words.street_end)):
            yield from _with_house(answer, number, words)


def _with_house(answer: ReadAnswer, number: int, words: LanguageWords) -> Iterator[FoundSpan]:
    first = last = number
    while number - first < _MOST_WORDS and answer.joins(first - 1) and answer.words[first - 1].capital:
        first -= 1
    while last - number < _MOST_WORDS and answer.joins(last) and _goes_on(answer, last + 1, words):
        last += 1
    for at in range(number, last + 1):
        after = _AFTER.match(answer.digits, answer.words[at].end)
        if after:
            yield FoundSpan(answer.words[first].start, after.end(), Category.PLACE, "place:street")
            return
    begin = answer.words[first].start
    before = _BEFORE.search(answer.digits[max(0, begin - _NEAR) : begin])
    if before:
        yield FoundSpan(begin - len(before[0]), answer.words[last].end, Category.PLACE, "place:street")


def _goes_on(answer: ReadAnswer, number: int, words: LanguageWords) -> bool:
    return answer.words[number].capital or answer.words[number].key in words.link or not answer.cased
