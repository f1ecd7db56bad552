"""What was found in texts is kept, and how much that is does not depend on how long they are."""

from __future__ import annotations

import tracemalloc

import pytest

from kuule.core.text_cache import LONGEST_ORDINARY, cache_by_text
from kuule.languages.terminology import glossary, word_matching


def looked_at(*texts: str, count: int = 100) -> list[str]:
    """The texts that were looked at, in the order in which they were asked for."""
    looks = []

    @cache_by_text(count)
    def length(text: str, *, doubled: bool = False) -> int:
        looks.append(text)
        return len(text) * (2 if doubled else 1)

    assert [length(text) for text in texts] == [len(text) for text in texts]
    assert length("abc", doubled=True) == 6
    return looks[:-1]


def test_text_is_looked_at_once_and_what_else_is_given_counts() -> None:
    assert looked_at("a", "b", "a") == ["a", "b"]


def test_last_texts_are_kept_as_many_as_were_asked_for() -> None:
    assert looked_at("a", "b", "a", "c", "a", "b", count=2) == ["a", "b", "c", "b"]


def test_long_text_is_kept_beside_a_few_others_only() -> None:
    first, *others = ("x" * LONGEST_ORDINARY + str(number) for number in range(12))
    assert looked_at(first, first) == [first]
    assert looked_at(first, *others, first) == [first, *others, first]


@pytest.mark.parametrize("look", [word_matching.words_in, word_matching.numbers_in, glossary.contains_term])
def test_long_texts_that_somebody_writes_take_no_memory(look: object) -> None:
    found = (lambda text: glossary.contains_term("wort", text)) if look is glossary.contains_term else look
    found("ein Wort")
    tracemalloc.start()
    try:
        for number in range(200):
            found(f"{number} {'ein langes Wort ' * 600}")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2**20, "4 texts of 10,000 characters, and not 200"
