"""Suggestions beside a text, with what is known of them; and measuring them on made-up answers.

A suggestion becomes a mark only when a reader makes it one (`text_acts.save_redaction`). Nothing here saves anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kuule.qualitative.identifiers.detector_coverage import DetectorCoverage, detector_coverage
from kuule.qualitative.identifiers.identifier_suggestion import IdentifierSuggestion
from kuule.qualitative.identifiers.measured_recall import recall_sentence
from kuule.qualitative.identifiers.model_loading import load_name_model
from kuule.qualitative.identifiers.name_model import NameModel
from kuule.qualitative.identifiers.planted_answers import read_planted
from kuule.qualitative.identifiers.recall_measuring import CategoryRecall, measure_recall
from kuule.qualitative.identifiers.suggesting import suggest_identifiers
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.project_problems import project_error
from kuule.usecases.open_answers.project_session import ProjectSession


@dataclass(frozen=True, slots=True)
class SuggestedMark:
    """A suggestion, and what was measured of such suggestions in the text's language."""

    suggestion: IdentifierSuggestion
    recall: str


@dataclass(frozen=True, slots=True)
class TextSuggestions:
    """What a reader is shown beside a text. `coverage` says what was not looked for, and is to be shown first, also and
    above all where there is no suggestion."""

    text: TextId
    coverage: DetectorCoverage
    suggested: tuple[SuggestedMark, ...]


@dataclass(frozen=True, slots=True)
class LanguageRecall:
    """What was found of planted facts in one language."""

    language: str
    recalls: tuple[CategoryRecall, ...]

    @property
    def planted(self) -> int:
        return sum(one.planted for one in self.recalls)

    @property
    def found(self) -> int:
        return sum(one.found for one in self.recalls)

    @property
    def false_alarms(self) -> int:
        return sum(one.false_alarms for one in self.recalls)


def name_model(folder: Path | None) -> NameModel | None:
    """The model in a folder, None without one. Raises ProjectError PROJECT_040 to PROJECT_042."""
    return None if folder is None else load_name_model(folder)


def suggestions_for(session: ProjectSession, text: TextId, model: NameModel | None = None) -> TextSuggestions:
    """What might point at a person in a text of the project. Raises ProjectError PROJECT_025."""
    answer = session.text(text)
    suggested = suggest_identifiers(answer, model)
    with_recall = tuple(SuggestedMark(one, recall_sentence(answer.language, one.category)) for one in suggested)
    return TextSuggestions(answer.id, detector_coverage(answer.language, model), with_recall)


def coverage_of_project(session: ProjectSession, model: NameModel | None = None) -> tuple[DetectorCoverage, ...]:
    """What is looked for in each language that the project has texts in: to be read before the first session."""
    languages = sorted({text.language for text in session.project.texts.values()})
    return tuple(detector_coverage(language, model) for language in languages)


def measure_suggestions(files: Iterable[Path], model: NameModel | None = None) -> tuple[LanguageRecall, ...]:
    """Recall and false alarms on files of made-up answers, each named after its language: `sv.txt`.

    Raises ProjectError PROJECT_043 (a line that cannot be read), PROJECT_044 (a file that cannot).
    """
    return tuple(_measured(path, model) for path in sorted(files))


def _measured(path: Path, model: NameModel | None) -> LanguageRecall:
    try:
        answers = read_planted(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise project_error(
            "PROJECT_044", path.name, "it cannot be read as text in UTF-8", "save it as UTF-8"
        ) from error
    language = path.stem

    def suggest(words: str) -> tuple[IdentifierSuggestion, ...]:
        return suggest_identifiers(AnswerText("", "", language, words), model)

    return LanguageRecall(language, measure_recall(answers, suggest))
