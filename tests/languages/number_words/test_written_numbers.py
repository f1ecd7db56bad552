"""No number hides in a text: digits of any script, words of thirty languages, shares, signs, Roman numerals, dates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.languages.number_words.word_lists import number_words
from kuule.languages.number_words.written_numbers import (
    WrittenKind,
    is_homograph,
    speaks_of_law,
    visible_text,
    written_numbers,
)
from tests.digits import ZEROS
from tests.sampling import examples, matrix

LANGUAGES = (
    *("ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "hr", "hu", "is", "it", "lt", "lv"),
    *("nb", "nl", "pl", "pt-PT", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"),
)


def said(text: str, tag: str = "en") -> list[tuple[str, str, list[int]]]:
    found = written_numbers(text, tag)
    return [(one.text, str(one.kind), sorted(int(value) for value in one.values)) for one in found]


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("en", "one in three told nobody", [("three", "words", [3])]),
        ("en", "nearly all of them", [("nearly all", "share", [])]),
        ("en", "thirty-four per cent", [("thirty-four per cent", "percent", [34])]),
        ("en", "chapter III", [("III", "roman", [3])]),
        ("en", "th\u200bree of them", [("three", "words", [3])]),
        ("en", "f\u043eur of them", [("f\u043eur", "mixed", [])]),
        ("en", "３４ of them", [("34", "digits", [34])]),
        ("en", "½ of them", [("1", "digits", [1]), ("2", "digits", [2])]),
        ("en", "三 of them", [("三", "digits", [3])]),
        ("en", "a hundred people, dozens", [("hundred", "words", [100]), ("dozens", "words", [])]),
        ("fi", "joka kolmas", [("kolmas", "words", [3])]),
        ("fi", "joka toinen", [("joka toinen", "share", [])]),
        ("fi", "kolmessa maassa", [("kolmessa", "words", [3])]),
        ("fi", "kahdellakymmenelläviidellä", [("kahdellakymmenelläviidellä", "words", [])]),
        ("fi", "kolmannes, puolet", [("kolmannes", "share", []), ("puolet", "share", [])]),
        ("fi", "kaksi viidesosaa", [("kaksi", "words", [2]), ("viidesosaa", "words", [])]),
        ("fi", "34 prosenttia", [("34 prosenttia", "percent", [34])]),
        ("fi", "lähes kaikki", [("lähes kaikki", "share", [])]),
        ("sv", "var tredje, hälften", [("tredje", "words", [3]), ("hälften", "share", [])]),
        ("de", "jeder Dritte, dreißigjährige", [("Dritte", "words", [3]), ("dreißigjährige", "words", [])]),
        ("ar", "٣٤٪ وثلاثة", [("٣٤٪", "percent", [34]), ("وثلاثة", "words", [3])]),
        ("tr", "yüzde 34", [("yüzde 34", "percent", [34])]),
        ("el", "ΕΝΑΣ ΣΤΟΥΣ ΤΡΕΙΣ", [("ΕΝΑΣ ΣΤΟΥΣ", "share", []), ("ΤΡΕΙΣ", "words", [3])]),
    ],
)  # fmt: skip
def test_number_however_it_is_written(tag: str, text: str, found: list[tuple[str, str, list[int]]]) -> None:
    assert said(text, tag) == found


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "No one asked, and everyone who told somebody told the most serious things."),
        ("en", "I told my aunt. The law of the country does not say when."),
        ("en", "From the age of majority on, and after majority."),
        ("fi", "Toinen tapa on kuulla heitä. Viisas laki ei lopu kesken."),
        ("sv", "Andra länder har en annan lag."),
        ("de", "Ohne Zweifel, zum Zweck des Schutzes, mit Achtung."),
        ("ru", "Семья и семейная жизнь, в пятницу."),
        ("uk", "Сім'я, друг і друга людина."),
        ("pl", "Drugi człowiek, dworzec."),
    ],
)
def test_text_without_a_number(tag: str, text: str) -> None:
    assert said(text, tag) == []


@pytest.mark.parametrize(
    ("tag", "text", "day"),
    [
        ("en", "on 13 December 2024", "2024-12-13"),
        ("en", "on December 13, 2024", "2024-12-13"),
        ("fi", "13. joulukuuta 2024", "2024-12-13"),
        ("fi", "joulukuussa 2024", "2024-12"),
        ("sv", "den 13 december 2024", "2024-12-13"),
        ("ar", "١٣ ديسمبر ٢٠٢٤", "2024-12-13"),
        ("fi", "13.12.2024", "2024-12-13"),
        ("es", "13 de diciembre de 2024", "2024-12-13"),
        ("hu", "2024. december 13.", "2024-12-13"),
    ],
)
def test_date_is_one_thing(tag: str, text: str, day: str) -> None:
    [found] = written_numbers(text, tag)
    assert (found.kind, found.day) == (WrittenKind.DATE, day)


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_every_language_has_each_kind_of_word(tag: str) -> None:
    words = number_words(tag)
    assert words is not None
    assert min(map(len, (words.values, words.stems or words.numbers, words.shares, words.percents, words.law))) > 0


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_every_spelled_number_is_found_with_its_value(tag: str) -> None:
    words = number_words(tag)
    assert words is not None
    missed = [
        (" ".join(form), value)
        for form, value in words.values.items()
        if not any(
            Decimal(value) in one.values or (one.kind in (WrittenKind.SHARE, WrittenKind.PERCENT) and not one.values)
            for one in written_numbers(" ".join(form), tag)
        )
    ]
    assert [one for one in missed if not _is_never(one[0], tag)] == []


def _is_never(text: str, tag: str) -> bool:
    """Whether a spelled number is a word for "other" first, which the tables say is no number."""
    words = number_words(tag)
    return words is not None and any(text.startswith(one[0].removesuffix("*")) for one in words.never if len(one) == 1)


@settings(max_examples=examples(300), deadline=None)
@given(number=st.integers(0, 10**9), zero=st.sampled_from(ZEROS), tag=st.sampled_from(LANGUAGES))
def test_digits_of_any_script(number: int, zero: str, tag: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert {value for one in written_numbers(f"({written})", tag) for value in one.values} == {Decimal(number)}


@settings(max_examples=examples(300), deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_places_are_those_of_the_visible_text(text: str, tag: str) -> None:
    seen = visible_text(text)
    for one in written_numbers(text, tag):
        assert seen[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("en", "Here the law says ten years.", "the law says"),
        ("fi", "Lain mukaan aika päättyy.", "Lain mukaan"),
        ("sv", "Enligt lagen tar tiden slut.", "Enligt lagen"),
        ("en", "The law should say this.", ""),
    ],
)
def test_words_that_speak_of_the_law(tag: str, text: str, words: str) -> None:
    assert speaks_of_law(text, tag) == words


def test_a_homograph_is_known_by_its_language() -> None:
    assert (is_homograph("sex", "sv"), is_homograph("Sex", "sv"), is_homograph("tre", "sv")) == (True, True, False)
    assert (is_homograph("CV", "en"), is_homograph("XII", "en")) == (True, False)
