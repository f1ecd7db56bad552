"""Patterns that are taken apart when a word meets them say what Pyphen says, which takes all apart at once."""

from __future__ import annotations

import re

import pytest
from pyphen import Pyphen, language_fallback

from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_languages, shipped_sources
from kuule.languages.hyphenation.break_patterns import BreakPatterns, break_patterns

LEAST = 3
FEW = ("cs", "hr", "lt", "nb")
"""Languages whose files Pyphen reads in a moment; Norwegian's is in Latin 1."""


def words_in(tag: str) -> set[str]:
    texts = [one.text for one in shipped_sources()] if tag == "en" else shipped_catalogue(tag).texts.values()
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]{5,}", text)}


def languages() -> list[object]:
    known = [tag for tag in shipped_languages() if language_fallback(tag)]
    return [pytest.param(tag, marks=() if tag in FEW else pytest.mark.whole) for tag in known]


@pytest.mark.parametrize("tag", languages())
def test_every_word_is_broken_where_pyphen_breaks_it(tag: str) -> None:
    patterns, theirs = break_patterns(tag), Pyphen(lang=language_fallback(tag), left=LEAST, right=LEAST)
    assert patterns is not None
    words = sorted(words_in(tag))
    assert len(words) > 300
    expected = {word: [int(place) for place in theirs.positions(word) if place.data is None] for word in words}
    assert {word: patterns.places(word, least=LEAST) for word in words} == expected


def test_language_without_patterns_has_none() -> None:
    assert break_patterns("ar") is None


def test_highest_level_wins_and_an_odd_one_is_a_break() -> None:
    assert BreakPatterns("a1b").places("aabb", least=1) == [2]
    assert BreakPatterns("a1b\nab2b").places("aabb", least=1) == [2]
    assert BreakPatterns("a1b\na2bb").places("aabb", least=1) == []
    assert BreakPatterns("a1b").places("aabb", least=3) == []


def test_edges_of_a_word_are_dots() -> None:
    assert BreakPatterns(".a1b").places("abab", least=1) == [1]
    assert BreakPatterns("a1b.").places("abab", least=1) == [3]


def test_break_that_changes_letters_is_none() -> None:
    assert BreakPatterns("s1sz/sz=sz,1,3").places("asszony", least=1) == []
    assert BreakPatterns("s1sz/sz=sz,1,3\nn1y").places("asszony", least=1) == [6]


def test_comments_lines_without_levels_and_codes_of_letters_are_read_as_pyphen_reads_them() -> None:
    text = "% a1b is a comment\n# c1d too\nLEFTHYPHENMIN 2\na1b\nab\n^^e41o \r\n"
    assert BreakPatterns(text).places("abcd", least=1) == [1]
    assert BreakPatterns(text).places("näon", least=1) == [2]
