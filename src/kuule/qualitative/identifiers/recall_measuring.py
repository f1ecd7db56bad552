"""How much of what is planted is found, and how often something else is: by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kuule.qualitative.identifiers.identifier_suggestion import IdentifierSuggestion
from kuule.qualitative.identifiers.planted_answers import PlantedAnswer
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

Suggest = Callable[[str], Iterable[IdentifierSuggestion]]


@dataclass(frozen=True, slots=True)
class CategoryRecall:
    """Of one kind in one language. `found`: every letter and digit of it was suggested, as whatever kind. Where a
    reader would have to widen the suggestion, it was not found. `false_alarms`: suggestions of this kind that touch
    nothing planted. `answers`: in how many answers all this was counted."""

    category: IdentifierCategory
    planted: int
    found: int
    false_alarms: int
    answers: int


def measure_recall(answers: Sequence[PlantedAnswer], suggest: Suggest) -> tuple[CategoryRecall, ...]:
    """One row for each kind that was planted or suggested, in the order of the kinds."""
    planted: Counter[IdentifierCategory] = Counter()
    found: Counter[IdentifierCategory] = Counter()
    false: Counter[IdentifierCategory] = Counter()
    for answer in answers:
        suggested = tuple(suggest(answer.words))
        for span, category in answer.facts:
            planted[category] += 1
            found[category] += is_covered(answer.words, span, suggested)
        facts = [span for span, _ in answer.facts]
        false.update(one.category for one in suggested if not any(one.span.overlaps(fact) for fact in facts))
    kinds = [kind for kind in IdentifierCategory if planted[kind] or false[kind]]
    return tuple(CategoryRecall(kind, planted[kind], found[kind], false[kind], len(answers)) for kind in kinds)


def is_covered(words: str, span: TextSpan, suggested: Iterable[IdentifierSuggestion]) -> bool:
    """Whether nothing that can be read is left of a fact when all suggestions are taken."""
    taken = {at for one in suggested for at in range(one.span.start, one.span.end)}
    return all(at in taken or not words[at].isalnum() for at in range(span.start, span.end))
