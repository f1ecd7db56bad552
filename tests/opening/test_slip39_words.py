"""Words as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.opening.slip39_words import WORDLIST, UnknownWord, random_words, typed_words


@pytest.mark.parametrize(
    "typed",
    [
        "academic acid acne",
        "ACADEMIC Acid aCNE",
        "acad acid acne",
        "1. academic 2. acid 3. acne",
        "1) academic\n2) acid\n3) acne\n",
        " academic,acid;  acne ",
        "acade acid acne",
        "ａcademic acid acne",
    ],
)
def test_words_are_understood_however_they_are_written(typed: str) -> None:
    assert typed_words(typed) == ["academic", "acid", "acne"]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("academic acix acne", 2),
        ("acadmeic acid", 1),
        ("academics acid", 1),
        ("aca acid", 1),
        ("academic acid aсne", 3),  # a Cyrillic letter
        ("academic رمز", 2),
        ("academic acid x", 3),
    ],
)
def test_slip_is_named_by_its_place_with_what_came_before(typed: str, place: int) -> None:
    with pytest.raises(UnknownWord) as raised:
        typed_words(typed)
    assert raised.value.place == place
    assert raised.value.known_words == ("academic", "acid", "acne")[: place - 1]


def test_slip_is_counted_after_the_words_that_came_before_and_not_quoted() -> None:
    with pytest.raises(UnknownWord) as raised:
        typed_words("acid zzzz", ["academic"] * 5)
    assert str(raised.value) == "word 7 is not in the list"


@given(st.lists(st.sampled_from(WORDLIST), max_size=40))
def test_first_four_letters_are_enough_for_every_word(words: list[str]) -> None:
    assert typed_words(" ".join(word[:4] for word in words)) == words
    assert typed_words("\n".join(words)) == words


def test_random_words_are_drawn_one_by_one() -> None:
    drawn = iter([0, 1023, 5])
    assert random_words(3, lambda below: next(drawn)) == (WORDLIST[0], WORDLIST[1023], WORDLIST[5])
