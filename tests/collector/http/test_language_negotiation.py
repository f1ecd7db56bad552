"""The list of languages: what the browser asks for first, then all others by their own names."""

from __future__ import annotations

from typing import cast

import pytest

from kuule.collector.http.language_negotiation import languages_by_preference
from kuule.collector.served.served_editions import ServedLanguage
from kuule.languages.cldr.tags import find_language

TAGS = ("en", "sv", "fi", "de", "pt-PT", "ar", "uk", "el", "tr", "cs", "ru", "fa")


class Named:
    """As much of a Tongue as is asked for here."""

    def __init__(self, tag: str) -> None:
        self.language = find_language(tag)


TONGUES = {tag: cast(ServedLanguage, Named(tag)) for tag in TAGS}


def ordered(header: str) -> tuple[list[str], list[str]]:
    first, others = languages_by_preference(header, TONGUES)
    return [one.language.tag for one in first], [one.language.tag for one in others]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("uk", ["uk"]),
        ("fi-FI, sv;q=0.9, en;q=0.8", ["fi", "sv", "en"]),
        ("fi, sv;q=0.9, en;q=0.8, de;q=0.7", ["fi", "sv", "en"]),
        ("pt-PT, en;q=0", ["pt-PT"]),
        ("xx, *;q=0.1", ["en"]),
        ("", ["en"]),
    ],
)
def test_what_the_browser_asks_for_stands_first(header: str, first: list[str]) -> None:
    found, others = ordered(header)
    assert found == first
    assert sorted([*found, *others]) == sorted(TAGS)


def test_others_stand_by_the_names_that_they_have_for_themselves() -> None:
    _, others = ordered("en")
    names = [find_language(tag).autonym for tag in others]
    assert names == [
        "čeština", "Deutsch", "português (Portugal)", "suomi", "svenska", "Türkçe", "русский", "українська", "Ελληνικά",
        "العربية", "فارسی",
    ]  # fmt: skip
