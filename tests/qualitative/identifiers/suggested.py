"""What is suggested in a text, as words, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.suggesting import suggest_identifiers
from kuule.qualitative.project_model.answer_text import AnswerText


def answer(words: str, language: str = "en") -> AnswerText:
    return AnswerText("0" * 32, "wish", language, words)


def suggested(words: str, language: str = "en") -> list[tuple[str, str, str]]:
    """Words, kind and rule of each suggestion."""
    found = suggest_identifiers(answer(words, language))
    return [(words[one.span.start : one.span.end], one.category.value, one.rule) for one in found]


def found_by(
    rule: Callable[[ReadAnswer], Iterable[FoundSpan]], words: str, language: str = "en"
) -> list[tuple[str, str]]:
    """Words and rule of what one rule finds by itself."""
    return [(words[one.start : one.end], one.rule) for one in rule(ReadAnswer(words, language))]
