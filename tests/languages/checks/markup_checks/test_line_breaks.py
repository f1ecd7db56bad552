"""Lines of a translated report against those of its source."""

from __future__ import annotations

import pytest

from kuule.languages.workflow.content_keys import content_key
from tests.languages.checks.check_cases import said_of


@pytest.mark.parametrize(
    ("kind", "source", "text", "said"),
    [
        ("paragraph", "Two were told.", "Två fick veta.", []),
        ("paragraph", "- one of them\n- two of them", "- en av dem\n- två av dem", []),
        ("paragraph", "Two were told.", "Två fick\n\nveta.", ["error LANG_043"]),
        ("paragraph", "Two were told.", "Två fick veta.\n```figure\nquestion: who\n```", ["error LANG_043"]),
        ("paragraph", "Two were told.", "Två fick\u2028veta.", ["error LANG_043"]),
        ("heading", "Who answered", "Vilka\n# svarade", ["error LANG_043"]),
        ("paragraph", "Two were told.", "# Två fick veta.", ["error LANG_031"]),
        ("paragraph", "Two were told.", "Två [fick](https://example.org) veta.", ["error LANG_012"]),
        ("paragraph", "Two were told.", "- Två fick veta.", ["error LANG_031"]),
    ],
)
def test_lines_are_those_of_the_source(kind: str, source: str, text: str, said: list[str]) -> None:
    assert said_of(source, text, key=content_key("report.md", source, kind)) == said
