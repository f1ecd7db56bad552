"""Our own words: every key that is used is in the catalogue, and every text there is used; shares at both ends."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import kuule.publishing
from kuule.languages.cldr.numbers import PLURAL_FORMS
from kuule.publishing.report_catalogue import three_digits, words_for
from kuule.publishing.view.methods_section import LIMITATIONS
from kuule.study.settings.cleaning_settings import QUALITY_FLAGS
from kuule.tables.missing import Missing

FOLDER = Path(kuule.publishing.__file__).parent
OTHER_WORDS = frozenset({"brief", "downloads", "release_site"})
"""Rooms that have the words of publications."""


def used() -> set[str]:
    files = (*FOLDER.rglob("*.py"), *FOLDER.rglob("templates/**/*.html"))
    own = (file for file in files if file.relative_to(FOLDER).parts[0] not in OTHER_WORDS)
    sources = [file.read_text("utf-8") for file in own]
    named = {key for source in sources for key in re.findall(r'say\(\s*["\']([a-z_]+)["\']', source)}
    named |= {"base", "bases", "bases_apart"}  # chosen between in figure_sentences.py
    named |= {"why_all", *(f"why_{reason}" for reason in Missing)}
    named |= {
        "draft_machine",
        "draft_person",
        "draft_release",
        *(f"editions_{form}" for form in PLURAL_FORMS),
    }  # chosen as the report is made
    named |= {f"m_cleaning_{rule}" for rule in ("empty", *QUALITY_FLAGS, "doubles", "straight_line", "contradiction")}
    return named | {f"missing_{reason}" for reason in Missing} | {f"l_{name}" for name in LIMITATIONS}


def test_words_are_those_that_are_used():
    assert {f"report:{key}" for key in used()} == set(words_for("en").texts)


def test_words_of_a_language_without_a_catalogue_are_english_with_its_numbers():
    words = words_for("se")
    assert (words.tag, words.number(12340), words.share(56)) == ("en", "12\xa0340", "56\xa0%")


def test_share_of_a_shown_count_is_never_nothing_or_all():
    words = words_for("en")
    assert [words.share(share) for share in (0, 1, 99, 100, None)] == ["under 1%", "1%", "99%", "over 99%", "not shown"]


def test_number_of_editions_stands_in_its_plural_form():
    words = replace(words_for("en"), tag="ru", written_for="ru")
    texts = {**words.texts, "report:editions_few": "{number} few", "report:editions_many": "{number} many"}
    words = replace(words, texts=texts)
    assert [words.number_of_editions(number) for number in (1, 3, 5)] == ["one edition", "3 few", "5 many"]


def test_lists_are_those_of_the_language_of_the_words():
    words = words_for("en")
    assert (words.join_names(["a", "b"]), words.join_clauses(["a", "b", "c"]), words.join_clauses([])) == (
        "a and b",
        "a; b; c",
        "",
    )


def test_language_is_called_as_its_reader_calls_it():
    english, arabic = words_for("en"), words_for("ar")
    assert [english.language(tag) for tag in ("sv", "ar", "pt-PT")] == ["Swedish", "Arabic", "Portuguese (Portugal)"]
    assert [arabic.language(tag) for tag in ("sv", "fa")] == ["السويدية", "الفارسية"]


def test_name_that_only_the_language_itself_knows_keeps_its_direction():
    assert (words_for("ar").language("bew"), words_for("en").language("bew")) == ("\u2068Betawi\u2069", "Betawi")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, 0), (41, 41), (842, 842), (999, 999), (1548, 1550), (9994, 9990), (9995, 10_000), (21_212, 21_200),
        (22_286, 22_300), (1_234_567, 1_230_000),
    ],
)  # fmt: skip
def test_number_after_about_has_three_digits_that_count(number: int, said: int) -> None:
    """“About 22,286” would be quoted as exact. Who divides by what is said gets the share that is said, to half a
    point: no number is moved by more than a half per cent."""
    assert three_digits(number) == said
    assert abs(said - number) <= number / 200


def test_number_after_about_is_written_as_its_language_does() -> None:
    assert [words_for(tag).about(22_286) for tag in ("en", "fi", "ar")] == ["22,300", "22\u00a0300", "22,300"]
    assert words_for("en").about(None) == "not shown"
