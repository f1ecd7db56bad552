"""The form that stands with a number, from CLDR."""

from __future__ import annotations

import pytest

from kuule.languages.cldr.numbers import PLURAL_FORMS, plural_form


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", ["one", "other", "other", "other"]),
        ("ru", ["one", "few", "many", "one"]),
        ("ar", ["one", "two", "few", "many"]),
        ("lv", ["one", "other", "other", "one"]),
    ],
)
def test_form_is_that_of_the_language(tag: str, said: list[str]) -> None:
    numbers = {"ar": (1, 2, 5, 21)}.get(tag, (1, 2, 5, 21))
    assert [plural_form(number, tag) for number in numbers] == said
    assert set(said) <= set(PLURAL_FORMS)
