"""Which languages a browser asks for."""

from __future__ import annotations

import pytest

from kuule.web.accept_language import accepted_languages, with_varieties

TAGS = ("en", "sv", "fi", "nb", "pt-PT")


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("en;q=0.1, sv;q=0.9, fi", ["fi", "sv", "en"]),
        ("fi-FI, sv;q=0", ["fi"]),
        ("xx, *;q=0.1", []),
        ("fi;q=much, sv", ["sv"]),
        ("", []),
        ("fi," * 200, ["fi"]),
    ],
)
def test_wish_is_read_by_its_weights(header: str, asked: list[str]) -> None:
    assert accepted_languages(header, TAGS) == asked


@pytest.mark.parametrize(
    ("header", "asked"),
    [("no, en;q=0.5", ["nb", "en"]), ("nn-NO, sv;q=0.5", ["nb", "sv"]), ("pt-BR;q=0.5, en;q=0.4", ["pt-PT", "en"])],
)
def test_variety_that_there_is_stands_for_the_language(header: str, asked: list[str]) -> None:
    assert accepted_languages(header, TAGS) == asked[1:]
    assert accepted_languages(with_varieties(header), TAGS) == asked
