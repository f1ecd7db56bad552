"""Which standards a country meets on a provision, and why.

Unknown is never missed: a standard is missed only where a coded answer that nobody contradicts says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.register.comparison.answer_tests import Outcome, outcome_of_answer, outcome_of_parts
from kuule.register.comparison.cells import Cell, CellState
from kuule.register.model.register import Register
from kuule.register.model.standards import HeldAgainst, StandardTest
from kuule.register.model.values import Offences, Value

_WHOLE = ({Offences.ALL}, {Offences.GRAVEST, Offences.OTHER})
"""The parts of the offences that together are all of them."""


@dataclass(frozen=True, slots=True)
class StandardResult:
    """A standard, what came of holding the cell against it, and why, as a sentence without a full stop."""

    held: HeldAgainst
    outcome: Outcome
    why: str


def standard_results(register: Register, cell: Cell) -> tuple[StandardResult, ...]:
    """One for each standard that the cell's provision is held against, in the provision's order."""
    majority = register.settings.age_of_majority
    return tuple(StandardResult(held, *_outcome(cell, held.test, majority)) for held in cell.provision.standards)


def _outcome(cell: Cell, test: StandardTest | None, majority: int) -> tuple[Outcome, str]:
    if test is None:
        return Outcome.NOT_TESTED, "a person has to compare this"
    if cell.state is CellState.OPEN:
        return Outcome.UNKNOWN, "nobody has read what the law in force says"
    coded = tuple(value for value in cell.standing if value.answer is not None)
    if not coded:
        return Outcome.UNKNOWN, "what was read has not been coded"
    outcomes = {value.id: outcome_of_answer(value.answer, test, majority) for value in coded}
    if cell.state is CellState.CONTRADICTED and len(set(outcomes.values())) > 1:
        return Outcome.UNKNOWN, "the sources contradict each other, and it matters here"
    if cell.state is CellState.CONTRADICTED and len(coded) < len(cell.standing):
        return Outcome.UNKNOWN, "the sources contradict each other, and not all of them are coded"
    return _of_parts(coded, outcomes)


def _of_parts(coded: tuple[Value, ...], outcomes: dict[str, Outcome]) -> tuple[Outcome, str]:
    """The outcome of values that do not contradict each other: those of one part of the offences say it together."""
    parts: dict[Offences, list[Outcome]] = {}
    for value in coded:
        parts.setdefault(value.offences, []).append(outcomes[value.id])
    by_part = {part: _of_one_part(found) for part, found in parts.items()}
    whole = any(needed <= by_part.keys() for needed in _WHOLE)
    outcome = outcome_of_parts(by_part.values() if whole else (*by_part.values(), Outcome.UNKNOWN))
    return outcome, _why(outcome, by_part, whole=whole)


def _of_one_part(outcomes: list[Outcome]) -> Outcome:
    """Of values about the same offences, those that say nothing on the test say nothing against the others."""
    known = [one for one in outcomes if one is not Outcome.UNKNOWN]
    return outcome_of_parts(known) if known else Outcome.UNKNOWN


def _why(outcome: Outcome, by_part: dict[Offences, Outcome], *, whole: bool) -> str:
    if outcome is Outcome.UNKNOWN and set(by_part.values()) == {Outcome.UNKNOWN}:
        return "the coded answer does not say enough"
    if len(by_part) == 1 and whole:
        return _WORDS[outcome]
    said = [f"{_PARTS[part]}: {_WORDS[found]}" for part, found in by_part.items()]
    return "; ".join(said if whole else [*said, "for other offences nothing is known"])


_WORDS = {
    Outcome.MET: "the coded answer meets it",
    Outcome.PARTLY: "the coded answer meets it for a part of the offences",
    Outcome.MISSED: "the coded answer falls short of it",
    Outcome.UNKNOWN: "the coded answer does not say enough",
}
_PARTS = {
    Offences.ALL: "all offences",
    Offences.GRAVEST: "the gravest offences",
    Offences.OTHER: "other offences",
    Offences.IMAGES: "pictures and recordings",
    Offences.SOME: "some offences",
}
