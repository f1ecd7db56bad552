"""Made-up answers with planted facts, one a line: `I told {person:Anna}.` What is in braces is what a careful reader
would take out, and of which kind. By them rules and models are measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

_PLANTED = re.compile(r"\{([a-z]+):([^{}]+)\}")
_KINDS = frozenset(category.value for category in IdentifierCategory)


@dataclass(frozen=True, slots=True)
class PlantedAnswer:
    """An answer without its braces, and what is planted in it."""

    words: str
    facts: tuple[tuple[TextSpan, IdentifierCategory], ...]


def read_planted(text: str, place: str) -> tuple[PlantedAnswer, ...]:
    """The answers of a file. Empty lines and those that begin with # are none.

    Raises ProjectError PROJECT_043 for a brace that is not closed, or a kind that there is not.
    """
    return tuple(_answers(text, place))


def _answers(text: str, place: str) -> Iterator[PlantedAnswer]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _answer(line.strip(), f"{place}, line {number}")


def _answer(line: str, place: str) -> PlantedAnswer:
    parts: list[str] = []
    facts: list[tuple[TextSpan, IdentifierCategory]] = []
    length = done = 0
    for match in _PLANTED.finditer(line):
        if match[1] not in _KINDS:
            raise project_error(
                "PROJECT_043", place, f"there is no kind {match[1]!r}", f"one of {', '.join(sorted(_KINDS))}"
            )
        parts += [line[done : match.start()], match[2]]
        start = length + match.start() - done
        length = start + len(match[2])
        facts.append((TextSpan(start, length), IdentifierCategory(match[1])))
        done = match.end()
    words = "".join([*parts, line[done:]])
    if "{" in words or "}" in words:
        raise project_error("PROJECT_043", place, "a brace is not closed, or has no kind", "write {person:Anna}")
    return PlantedAnswer(words, tuple(facts))
