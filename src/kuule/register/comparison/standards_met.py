"""Which standards a country meets on a provision, and why.

Unknown is never missed: a standard is missed only where a coded answer that nobody contradicts says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuule.limitation.limit_rule import OffencePart
from kuule.register.check_rules.contradictions import answers_by_part
from kuule.register.comparison.answer_tests import StandardOutcome, outcome_of_answer, outcome_of_parts
from kuule.register.comparison.cells import RegisterCell, RegisterCellState
from kuule.register.data_model.standards import HeldAgainst, StandardTest
from kuule.register.data_model.whole_register import Register

_OfPart = tuple[OffencePart, StandardOutcome]
_WHOLE = ({OffencePart.ALL}, {OffencePart.GRAVEST, OffencePart.OTHER})
"""The parts of the offences that together are all of them."""


@dataclass(frozen=True, slots=True)
class StandardResult:
    """A standard, what came of holding the cell against it, and why, as a sentence without a full stop."""

    held: HeldAgainst
    outcome: StandardOutcome
    why: str


def standard_results(register: Register, cell: RegisterCell) -> tuple[StandardResult, ...]:
    """One for each standard that the cell's provision is held against, in the provision's order."""
    majority = register.settings.age_of_majority
    return tuple(StandardResult(held, *_outcome(cell, held.test, majority)) for held in cell.provision.standards)


def _outcome(cell: RegisterCell, test: StandardTest | None, majority: int) -> tuple[StandardOutcome, str]:
    if test is None:
        return StandardOutcome.NOT_TESTED, "a person has to compare this"
    if cell.state is RegisterCellState.OPEN:
        return StandardOutcome.UNKNOWN, "nobody has read what the law in force says"
    coded = [one for value in cell.standing if value.answer is not None for one in answers_by_part(value)]
    if not coded:
        return StandardOutcome.UNKNOWN, "what was read has not been coded"
    outcomes = [(part, outcome_of_answer(answer, test, majority)) for part, answer in coded]
    if cell.state is RegisterCellState.CONTRADICTED and cell.uncompared:
        return StandardOutcome.UNKNOWN, "the sources contradict each other, and not all of them are coded"
    if cell.state is RegisterCellState.CONTRADICTED and _is_contradicted(outcomes):
        return StandardOutcome.UNKNOWN, "the sources contradict each other, and it matters here"
    return _of_parts(outcomes)


def _is_contradicted(outcomes: Sequence[_OfPart]) -> bool:
    """Whether of any part of the offences one value says that it meets the standard, and another that it does not."""
    parts = {part for part, _ in outcomes}
    about = ({outcome for other, outcome in outcomes if other in (part, OffencePart.ALL)} for part in parts)
    return any(len(found) > 1 for found in about)


def _of_parts(outcomes: Sequence[_OfPart]) -> tuple[StandardOutcome, str]:
    """The outcome of values that do not contradict each other: those of one part of the offences say it together."""
    parts: dict[OffencePart, list[StandardOutcome]] = {}
    for part, found in outcomes:
        parts.setdefault(part, []).append(found)
    by_part = {part: _of_one_part(found) for part, found in parts.items()}
    whole = any(needed <= by_part.keys() for needed in _WHOLE)
    outcome = outcome_of_parts(by_part.values() if whole else (*by_part.values(), StandardOutcome.UNKNOWN))
    return outcome, _why(outcome, by_part, whole=whole)


def _of_one_part(outcomes: list[StandardOutcome]) -> StandardOutcome:
    """Of values about the same offences, those that say nothing on the test say nothing against the others."""
    known = [one for one in outcomes if one is not StandardOutcome.UNKNOWN]
    return outcome_of_parts(known) if known else StandardOutcome.UNKNOWN


def _why(outcome: StandardOutcome, by_part: dict[OffencePart, StandardOutcome], *, whole: bool) -> str:
    if outcome is StandardOutcome.UNKNOWN and set(by_part.values()) == {StandardOutcome.UNKNOWN}:
        return "the coded answer does not say enough"
    if len(by_part) == 1 and whole:
        return _WORDS[outcome]
    said = [f"{_PARTS[part]}: {_WORDS[found]}" for part, found in by_part.items()]
    return "; ".join(said if whole else [*said, "for other offences nothing is known"])


_WORDS = {
    StandardOutcome.MET: "the coded answer meets it",
    StandardOutcome.PARTLY: "the coded answer meets it for a part of the offences",
    StandardOutcome.MISSED: "the coded answer falls short of it",
    StandardOutcome.UNKNOWN: "the coded answer does not say enough",
}
_PARTS = {
    OffencePart.ALL: "all offences",
    OffencePart.GRAVEST: "the gravest offences",
    OffencePart.OTHER: "other offences",
    OffencePart.IMAGES: "pictures and recordings",
    OffencePart.SOME: "some offences",
}
