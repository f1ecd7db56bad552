"""The last sign of a translation."""

import pytest

from kuule.languages.checks.check_context import CheckContext
from tests.languages.checks.check_cases import said_of

WARNED = ["warning LANG_036"]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("sv", "Vem var det?", []),
        ("sv", "Vem var det? ", ["warning LANG_036", "warning LANG_037"][1:]),
        ("sv", "Vem var det", WARNED),
        ("ar", "من كان؟", []),
        ("ar", "من كان؟\u200f", []),
        ("ar", "من كان?", WARNED),
        ("el", "Ποιος ήταν;", []),
        ("el", "Ποιος ήταν\u037e", []),
        ("el", "Ποιος ήταν?", WARNED),
        ("es", "¿Quién fue?", []),
        ("es", "Quién fue?", WARNED),
        ("fr", "Qui était-ce ?", []),
        ("hy", "Ո՞վ էր", []),
        ("th", "ใคร", []),
    ],
)
def test_question_ends_as_its_language_asks(language: str, text: str, said: list[str]) -> None:
    assert said_of("Who was it?", text, spoken=CheckContext(language)) == said


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("You can stop at any time.", "Du kan sluta när som helst", WARNED),
        ("You can stop at any time.", "Du kan sluta ”när som helst”.", []),
        ("You can stop.", "Du kan sluta", []),
        ("You can stop at any time", "Du kan sluta när som helst?", WARNED),
    ],
)
def test_sentence_ends_as_one(source: str, text: str, said: list[str]) -> None:
    assert said_of(source, text) == said
