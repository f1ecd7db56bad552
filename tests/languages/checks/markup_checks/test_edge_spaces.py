"""Spaces and line ends around a translation."""

import pytest

from tests.languages.checks.check_cases import said_of


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("Yes", "Ja", []),
        (" Yes ", " Ja ", []),
        ("Yes", " Ja", ["warning LANG_037"]),
        ("Yes", "Ja\n", ["warning LANG_037"]),
        ("Yes", "\u00a0Ja ", ["warning LANG_037", "warning LANG_037"]),
    ],
)
def test_edges_are_those_of_the_source(source: str, text: str, said: list[str]) -> None:
    assert said_of(source, text) == said
