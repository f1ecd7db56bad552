"""A number in a text keeps the order of its groups."""

from __future__ import annotations

import pytest

from kuule.languages.markup.directed_text import left_to_right


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("en", "116 016"), ("fi", "116 016"), ("ar", "\u2066116 016\u2069"), ("fa", "\u2066116 016\u2069")],
)
def test_number_is_isolated_in_texts_from_the_right_alone(tag: str, shown: str) -> None:
    assert left_to_right("116 016", tag) == shown
