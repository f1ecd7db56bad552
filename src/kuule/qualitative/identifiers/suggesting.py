"""Suggests what in an answer might point at a person. Everything here runs offline, in time that grows with the length
of the text, and the same text always has the same suggestions.

What is suggested is neither a mark nor a pass, and an answer without suggestions is no answer without identifiers: see
`detector_coverage` and `measured_recall`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.contact_rules import find_contacts
from kuule.qualitative.identifiers.date_rules import find_dates
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan, IdentifierSuggestion
from kuule.qualitative.identifiers.identity_rules import find_identity_numbers
from kuule.qualitative.identifiers.name_model import NameModel
from kuule.qualitative.identifiers.name_rules import find_names
from kuule.qualitative.identifiers.organisation_rules import find_organisations
from kuule.qualitative.identifiers.phone_rules import find_phones
from kuule.qualitative.identifiers.street_rules import find_streets
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

SuggestionRule = Callable[[ReadAnswer], Iterable[FoundSpan]]
RULES: tuple[SuggestionRule, ...] = (
    find_identity_numbers,
    find_phones,
    find_contacts,
    find_streets,
    find_dates,
    find_organisations,
    find_names,
)
"""Where two found the same place, the kind is that of the one that stands first; but a long number that nothing knows
(`number:long`) and a capital that nothing explains (`name:capital`) come last."""
_WEAK = {
    "number:long": 1,
    "contact:sites": 1,
    "date:year": 1,
    "organisation:acronym": 1,
    "organisation:saint": 1,
    "name:elsewhere": 2,
    "name:capital": 2,
}
MOST_READ = 50_000
"""More than anybody types. What is behind that is not read, and is one suggestion by itself."""
NOT_READ = "text:not-read"
_WINDOW, _OVERLAP = 8_000, 200
"""A longer text is read in pieces that overlap, cut where nobody wrote a letter."""


def suggest_identifiers(text: AnswerText, model: NameModel | None = None) -> tuple[IdentifierSuggestion, ...]:
    """Suggestions for an answer in order, none of which overlap. `model` is asked in addition, where it knows the
    language."""
    ranked = [
        (_WEAK.get(found.rule, 0), rank, found)
        for start, piece in _pieces(text.words[:MOST_READ])
        for rank, found in _found_in(ReadAnswer(piece, text.language), start, model)
    ]
    if len(text.words) > MOST_READ:
        unread = FoundSpan(MOST_READ, len(text.words), IdentifierCategory.UNUSUAL, NOT_READ)
        ranked.append((0, 0, unread))
    return tuple(_without_overlaps(ranked))


def _found_in(answer: ReadAnswer, start: int, model: NameModel | None) -> Iterator[tuple[int, FoundSpan]]:
    for rank, rule in enumerate(RULES):
        for found in rule(answer):
            yield rank, FoundSpan(found.start + start, found.end + start, found.category, found.rule)
    if model is not None and model.knows(answer.language):
        for found in model.find(answer.text):
            yield len(RULES), FoundSpan(found.start + start, found.end + start, found.category, found.rule)


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    start = 0
    while True:
        end = start + _WINDOW
        if end < len(words):
            end = max((at for at in range(end - _OVERLAP, end) if words[at].isspace()), default=end)
        yield start, words[start:end]
        if end >= len(words):
            return
        start = end - _OVERLAP


def _without_overlaps(ranked: list[tuple[int, int, FoundSpan]]) -> Iterator[IdentifierSuggestion]:
    """What overlaps is one suggestion: all of it, with the kind and the rule of the strongest."""
    group: list[tuple[int, int, FoundSpan]] = []
    end = 0
    for one in sorted(ranked, key=lambda one: (one[2].start, one[2].end)):
        if group and one[2].start >= end:
            yield _joined(group, end)
            group = []
            end = 0
        group.append(one)
        end = max(end, one[2].end)
    if group:
        yield _joined(group, end)


def _joined(group: list[tuple[int, int, FoundSpan]], end: int) -> IdentifierSuggestion:
    strongest = min(group, key=lambda one: (one[0], one[1], one[2].start))[2]
    return IdentifierSuggestion(TextSpan(group[0][2].start, end), strongest.category, strongest.rule)
