"""Names in a row, as each language writes them."""

from __future__ import annotations

import pytest

from kuule.languages.cldr.locale_formats import comma, join_names, list_mark, semicolon
from kuule.languages.gettext.shipped_words import shipped_languages


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "A, B, and C"), ("sv", "A, B och C"), ("fi", "A, B ja C"), ("ar", "A وB وC"), ("el", "A, B και C")],
)
def test_names_stand_in_a_row_as_the_language_has_it(tag: str, said: str) -> None:
    assert join_names(["A", "B", "C"], tag) == said


def test_one_name_and_none() -> None:
    assert (join_names(["A"], "fi"), join_names([], "fi")) == ("A", "")


def test_what_stands_between_things_in_a_row_is_the_mark_of_the_language() -> None:
    marks = {tag: list_mark(tag) for tag in ("en", "fi", "ru", "ar", "fa", "ja", "zh-Hans", "th")}
    assert marks == {
        "en": ", ", "fi": ", ", "ru": ", ", "ar": " و", "fa": "،\u200f ", "ja": "、", "zh-Hans": "、", "th": " ",
    }  # fmt: skip


def test_most_languages_of_the_pages_have_a_comma() -> None:
    """So that their pages are what they were before the mark was asked for."""
    others = {tag for tag in shipped_languages() if list_mark(tag) != ", "}
    assert others == {"ar", "fa"}


def test_comma_and_semicolon_are_those_of_the_script_of_the_language() -> None:
    marks = {tag: (comma(tag), semicolon(tag)) for tag in ("en", "fi", "sr", "ar", "fa", "ur", "he", "zh-Hans", "ja")}
    latin, arabic = (", ", "; "), ("،\u200f ", "؛ ")
    assert marks == {
        "en": latin, "fi": latin, "sr": latin, "ar": arabic, "fa": arabic, "ur": arabic, "he": latin,
        "zh-Hans": ("，", "；"), "ja": ("、", "；"),
    }  # fmt: skip
