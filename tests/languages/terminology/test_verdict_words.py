"""The lists of words that people who answer never see."""

from __future__ import annotations

import pytest

from kuule.languages.terminology.verdict_words import verdict_languages, verdicts_in, verdicts_of
from tests.sampling import matrix


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("en", "This must be an **error**.", ["error*", "must"]),
        ("en", "INVALID answer", ["invalid"]),
        ("en", "Mustard, and a badger", []),
        ("en", "What was wrong with the help?", []),
        ("en", "That is wrong.", ["wrong*"]),
        ("sv", "Svaret är ogiltigt.", ["ogiltig*"]),
        ("sv", "Det är inte ditt fel.", []),
        ("sv", "Det är fel.", ["fel"]),
        ("sv-FI", "Du måste svara.", ["måste"]),
        ("ar", "هذا الرقم غير صَالح", ["غير صالح*"]),
        ("ar", "يجب الإجابة", ["يجب"]),
        ("ar", "الإجابة خاطئة", ["*خاطئ*"]),
        ("xx", "invalid", []),
    ],
)
def test_words_that_judge_are_found_and_those_that_comfort_are_not(tag: str, text: str, words: list[str]) -> None:
    assert [verdict.word for verdict in verdicts_in(text, tag)] == words


@pytest.mark.parametrize("tag", matrix(verdict_languages(), 5))
def test_every_word_of_a_list_is_found_and_has_its_reason(tag: str) -> None:
    for verdict in verdicts_of(tag):
        assert verdict.why
        assert verdict in verdicts_in(verdict.word.replace("*", ""), tag), verdict
        assert [text for text in verdict.unless if verdict in verdicts_in(text, tag)] == []
