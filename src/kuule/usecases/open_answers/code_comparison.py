"""What blind coders gave, laid side by side; and themes by how often they were given. Exact, for the team alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.qualitative.coding.code_counts import code_frequencies, codes_by_text
from kuule.qualitative.coding.text_codings import CodingState, blind_codings, counted_codes
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.code_entries import CodeId
from kuule.usecases.open_answers.project_overview import occurrences
from kuule.usecases.open_answers.project_session import ProjectSession

_COUNTED = frozenset({CodingState.SINGLE, CodingState.AGREED, CodingState.ADJUDICATED})


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text that two or more coded blind: who gave the code, who did not, and how far the text is."""

    text: AnswerText
    gave: tuple[str, ...]
    did_not: tuple[str, ...]
    state: CodingState

    @property
    def differs(self) -> bool:
        return bool(self.gave) and bool(self.did_not)


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A code, how many answers have it, and how many have it or one below it."""

    code: CodeId
    path: tuple[str, ...]
    answers: int
    with_below: int


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """Themes, the most frequent first. `coded` is how many answers were coded and are not disputed, with a code or
    without; `disputed` how many are, and are in no number."""

    themes: tuple[ThemeCount, ...]
    coded: int
    disputed: int
    single: int
    """Of `coded`: those that one coder alone is done with."""


def compared_texts(session: ProjectSession, code: CodeId) -> tuple[ComparedText, ...]:
    """The texts that coders were done with who did not see each other's codes, where one of them gave this code: those
    on which they differ first, and then in an order that tells nothing."""
    found = [one for one in _compared(session, code) if one.gave]
    return tuple(sorted(found, key=lambda one: (not one.differs, one.text.item, one.text.language, one.text.id)))


def theme_counts(session: ProjectSession, *, item: str = "", language: str = "") -> ThemeCounts:
    """How often each code was given, in all answers, or in those to a question or in a language."""
    texts = [
        text.id
        for text in session.project.texts.values()
        if (not item or text.item == item) and (not language or text.language == language)
    ]
    times, tree = occurrences(session), session.tree
    states = {text: session.coding_outcome(text).state for text in texts}
    counted = [text for text in texts if states[text] in _COUNTED]
    frequencies = code_frequencies(tree, codes_by_text(session.log, tree, counted), times)
    themes = [ThemeCount(one.code, tuple(tree.path(one.code)), one.answers, one.with_below) for one in frequencies]

    def people(*wanted: CodingState) -> int:
        return sum(times.get(text, 1) for text in texts if states[text] in wanted)

    return ThemeCounts(
        themes=tuple(sorted(themes, key=lambda one: (-one.with_below, -one.answers, one.path))),
        coded=people(*_COUNTED),
        disputed=people(CodingState.DIFFERS),
        single=people(CodingState.SINGLE),
    )


def _compared(session: ProjectSession, code: CodeId) -> Iterator[ComparedText]:
    for text in session.project.texts.values():
        codes = _blind_codes(session, text.id)
        if len(codes) > 1:
            gave = tuple(role for role, given in sorted(codes.items()) if code in given)
            did_not = tuple(role for role in sorted(codes) if role not in gave)
            yield ComparedText(text, gave, did_not, session.coding_outcome(text.id).state)


def _blind_codes(session: ProjectSession, text: TextId) -> dict[str, frozenset[CodeId]]:
    found = blind_codings(session.log, text)
    return {role: counted_codes(session.tree, coding.segments) for role, coding in found.items()}
