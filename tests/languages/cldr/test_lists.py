"""Names in a row, as each language writes them."""

from __future__ import annotations

import pytest

from kuule.languages.cldr.locale_formats import join_names


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "A, B, and C"), ("sv", "A, B och C"), ("fi", "A, B ja C"), ("ar", "A وB وC"), ("el", "A, B και C")],
)
def test_names_stand_in_a_row_as_the_language_has_it(tag: str, said: str) -> None:
    assert join_names(["A", "B", "C"], tag) == said


def test_one_name_and_none() -> None:
    assert (join_names(["A"], "fi"), join_names([], "fi")) == ("A", "")
