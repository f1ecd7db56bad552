"""Words as lists have them, and names as they stand in sentences."""

from __future__ import annotations

import pytest

from kuule.qualitative.identifiers.inflection import Inflection
from kuule.qualitative.identifiers.language_data import list_language
from kuule.qualitative.identifiers.language_words import language_words
from kuule.qualitative.identifiers.word_folding import fold_word


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ása", "asa"),
        ("İstanbul", "istanbul"),
        ("ILGIN", "ilgin"),
        ("Łódź", "lodz"),
        ("Æbeltoft", "aebeltoft"),
        ("Ёлка", "елка"),
        ("إِيمان", "ايمان"),
        ("فاطمة", "فاطمه"),
        ("علی", "علي"),
        ("S\u200barah", "sarah"),
    ],
)
def test_a_word_is_folded(written, folded):
    assert fold_word(written) == folded


def test_a_word_of_any_length_is_folded_in_one_cut():
    assert len(fold_word("é" * 10_000)) == 64


@pytest.mark.parametrize(
    ("language", "listed", "written"),
    [
        ("fi", "Pekka", "Pekalle"),
        ("fi", "Virtanen", "Virtasella"),
        ("fi", "Helsinki", "Helsingistä"),
        ("ru", "Мария", "Марией"),
        ("pl", "Anna", "Anną"),
        ("lt", "Jonas", "Jonui"),
        ("el", "Γιώργος", "Γιώργου"),
        ("tr", "Ankara", "Ankara'da".partition("'")[0]),
        ("hu", "Péter", "Péternek"),
        ("ar", "فاطمة", "ولفاطمة"[1:]),
    ],
)
def test_a_name_is_found_in_its_forms(language, listed, written):
    inflection = language_words(language).inflection
    assert inflection.stems_of_name(fold_word(listed)) & set(inflection.stems_of_word(fold_word(written)))


def test_without_endings_only_the_word_itself_is_looked_for():
    assert list(Inflection("zz").stems_of_word("annalle")) == ["annalle"]


@pytest.mark.parametrize(("tag", "language"), [("pt-PT", "pt"), ("nn", "nb"), ("sr-Latn", "sr"), ("sw", ""), ("", "")])
def test_a_variety_has_the_lists_of_its_language(tag, language):
    assert list_language(tag) == language
