"""How long a value is in a posted form, as browsers write it."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.web.length_hiding.field_padding import (
    BUTTON_WIDTH,
    encoded_length,
    field_length,
    longest_encoded_length,
    pad_value,
    strip_padding,
)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("yes", 3),
        ("two words", 9),
        ("/data/a~day", 17),
        ("*-._", 4),
        ("~", 3),
        ("å", 6),
        ("𝒳", 12),
        ("a\nb", 8),
        ("a\r\nb", 8),
        ("[1]", 7),
    ],
)
def test_length_is_that_of_the_url_standard(text: str, length: int) -> None:
    assert encoded_length(text) == length


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="~*\r\n")))
def test_length_is_that_of_another_implementation(text: str) -> None:
    """`quote_plus` differs for two signs only, which are left out."""
    assert encoded_length(text) == len(quote_plus(text))


@given(st.lists(st.text("aå/.~ 1_", max_size=30), min_size=1))
def test_values_of_a_list_are_made_equally_long_and_themselves_again(values: list[str]) -> None:
    names = [value.rstrip(" ") for value in values]
    widest = longest_encoded_length(names)
    assert {encoded_length(pad_value(name, widest)) for name in (*names, "")} == {widest}
    assert [strip_padding(pad_value(name, widest)) for name in names] == names


def test_value_that_is_longer_than_its_width_stays_as_it_is() -> None:
    assert pad_value("longer", 3) == "longer"


def test_field_is_counted_with_what_joins_it() -> None:
    assert field_length("/q", 3) == len("&%2Fq=yes")


def test_every_button_of_a_page_of_questions_has_room() -> None:
    moves = ("next", "next:shown", "back", "pass", "finish", "review", "break", "help", "privacy")
    assert max(map(encoded_length, moves)) == BUTTON_WIDTH
