"""Long words of real texts are parted by the rules of their language, and nothing else is."""

from __future__ import annotations

import pytest

from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_languages
from kuule.languages.hyphenation.soft_hyphens import LEAST_LETTERS, SoftHyphens
from kuule.languages.hyphenation.word_breaks import LEAST_PART, hyphenated_word, word_breaks
from tests.sampling import matrix

NEVER = {"ar", "fa"}
"""Languages of the shipped catalogues that are not hyphenated."""


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("de", "organi-sation"),
        ("el", "ερωτημα-τολο-γίου"),
        ("en", "ques-tion-naire"),
        ("fi", "ammatti-lai-selle"),
        ("hu", "segély-szerve-zet"),
        ("ru", "здраво-охране-ния"),
        ("sv", "till-gänglig"),
        ("tr", "kullanı-lan"),
        ("pt-PT", "algaris-mos"),
    ],
)
def test_word_is_parted_by_its_language(tag: str, word: str) -> None:
    assert hyphenated_word(word.replace("-", ""), tag) == word


@pytest.mark.parametrize(("tag", "word"), [("en", "organisation"), ("fi", "kysymys")])
def test_row_of_letters_without_an_end_is_no_word(tag: str, word: str) -> None:
    """Looking for its breaks grew with the third power of its length: one such text in a form, and no freeze ended."""
    assert word_breaks([word * 10_000], tag) == ()
    assert word_breaks([word * 8], tag) != ()


@pytest.mark.parametrize("tag", ["ar", "fa", "zxx", "ja"])
def test_language_without_rules_is_left_as_it_is(tag: str) -> None:
    assert hyphenated_word("organisation", tag) == "organisation"
    assert word_breaks(["An organisation"], tag) == ()


def test_parts_of_a_compound_are_kept_whole_where_one_is_a_word_of_the_texts() -> None:
    assert hyphenated_word("päiväkodissani", "fi") == "päiväko-dissani"
    assert word_breaks(["Päiväkodissani. Joka päivä"], "fi") == ("päivä-kodis-sani",)
    assert word_breaks(["Hilfetelefon, Telefon"], "de") == ("hilfe-telefon",)


def test_finnish_part_that_begins_with_a_vowel_is_known_by_the_other_texts() -> None:
    assert word_breaks(["vanhentumisaikoja"], "fi") == ("vanhen-tumisai-koja",)
    assert word_breaks(["vanhentumisaikoja, aikoja"], "fi") == ("vanhen-tumis-aikoja",)


def test_word_that_the_patterns_do_not_know_is_broken_where_a_known_one_ends() -> None:
    assert word_breaks(["Видеозвонки"], "ru") == ()
    assert word_breaks(["Видеозвонки, видео"], "ru") == ("видео-звонки",)
    assert word_breaks(["Everything", "every"], "en") == ("every-thing",)
    assert word_breaks(["فيديومكالمة فيديو"], "ar") == ()


def test_break_that_would_change_letters_is_left_out() -> None:
    """Hungarian doubles a letter where it parts `ssz`; a soft hyphen cannot."""
    assert "sz-sz" not in hyphenated_word("asszonyokkal", "hu")
    assert hyphenated_word("asszonyokkal", "hu").replace("-", "") == "asszonyokkal"


def test_short_words_addresses_placeholders_and_codes_are_no_long_words() -> None:
    texts = [
        "Kindheit",
        "{organisation}",
        "${geschlecht_einordnung}",
        "www.beratungsstelle.de",
        "hilfe@beratungsstelle.de",
    ]
    assert word_breaks([*texts, "https://beratungsstelle.de/anmeldung", "B3ratungsst3lle"], "de") == ()
    assert word_breaks(["[Beratung](https://beispiel.de/anmeldungen)", "**Beratungsstelle**"], "de") == (
        "bera-tungs-stelle",
    )


def test_small_and_large_letters_are_one_word() -> None:
    assert word_breaks(["Fragebogen fragebogen FRAGEBOGEN"], "de") == ("fragebo-gen",)


def test_order_of_the_texts_changes_nothing() -> None:
    texts = ["Fragebogen und Bogen", "Beratungsstelle"]
    assert word_breaks(texts, "de") == word_breaks(reversed(texts), "de") == ("bera-tungs-stelle", "frage-bogen")


@pytest.mark.parametrize("tag", matrix([tag for tag in shipped_languages() if tag != "en"], 5))
def test_every_shipped_language_parts_its_long_words_or_never_does(tag: str) -> None:
    texts = [entry.text for entry in shipped_catalogue(tag).entries.values()]
    words = word_breaks(texts, tag)
    assert bool(words) == (tag not in NEVER)
    assert not (words and find_language(tag).rtl)
    assert {word for word in words if len(word.replace("-", "")) < LEAST_LETTERS} == set()
    assert {word for word in words if min(map(len, word.split("-"))) < LEAST_PART} == set()
    assert len(SoftHyphens.from_words(words).breaks) == len(words)
