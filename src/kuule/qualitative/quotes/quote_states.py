"""What became of each quote: it follows from the acts in force, and from what the dataset and the tables are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.acts import Act
from kuule.qualitative.project_model.answer_text import QuoteLeave
from kuule.qualitative.project_model.quote_acts import (
    ActId,
    QuoteCheck,
    QuoteDecision,
    QuoteNumber,
    QuoteProposal,
    QuoteRuling,
    QuoteTranslation,
)
from kuule.qualitative.quotes.given_leave import leave_of
from kuule.qualitative.quotes.quote_problems import quote_error, quote_place
from kuule.tables.released_quotes import QuoteAbsence


class QuoteState(StrEnum):
    """What became of a quote: the reasons why it is absent from what is published, or that it is released."""

    RELEASED = "released"
    UNDECIDED = QuoteAbsence.UNDECIDED
    REFUSED = QuoteAbsence.REFUSED
    WITHDRAWN = QuoteAbsence.WITHDRAWN
    STALE = QuoteAbsence.STALE
    CONTESTED = QuoteAbsence.CONTESTED
    TEXT_WITHDRAWN = QuoteAbsence.TEXT_WITHDRAWN
    NO_LEAVE = QuoteAbsence.NO_LEAVE


_OVER = frozenset({QuoteState.REFUSED, QuoteState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class QuoteBasis:
    """What there is now beside the project: the version of the dataset, and the hash of the tables that quotes are
    published with. "" is not known, and is not compared."""

    dataset: str = ""
    tables: str = ""


@dataclass(frozen=True, slots=True)
class QuoteStanding:
    """A quote as it is now. `proposal` is None if its text was withdrawn or the number is contested."""

    number: int
    quote: str
    state: QuoteState
    proposal: QuoteProposal | None = None
    ruling: QuoteRuling | None = None
    check: QuoteCheck | None = None
    translations: tuple[QuoteTranslation, ...] = ()
    looked_at: tuple[ActId, ...] = ()
    """The acts that a ruling now would be based on, beside its check."""


def quote_standings(log: ActLog, basis: QuoteBasis = QuoteBasis()) -> Iterator[QuoteStanding]:
    """All quotes, by number. A number that two copies gave to two quotes is there for each of them."""
    for cell in sorted(log.cells("quote-number"), key=lambda one: int(one[1])):
        acts = [act.content for act in log.in_force(cell)]
        given = [one for one in acts if isinstance(one, QuoteNumber)]
        contested = len({one.quote for one in given}) > 1
        for one in {one.quote: one for one in given}.values():
            found = _standing(log, one, basis)
            is_open = contested and found.state is not QuoteState.TEXT_WITHDRAWN
            yield QuoteStanding(one.number, one.quote, QuoteState.CONTESTED) if is_open else found


def quote_standing(log: ActLog, number: int, basis: QuoteBasis = QuoteBasis()) -> QuoteStanding:
    """The quote with a number, with its proposal.

    Raises ProjectError QUOTE_001 (there is none, or its text was withdrawn), QUOTE_002 (two copies gave the number
    twice, or changed the proposal both).
    """
    found = [one for one in quote_standings(log, basis) if one.number == number]
    if not found or found[0].state is QuoteState.TEXT_WITHDRAWN:
        cause = "its text was withdrawn, and it went with it" if found else "no quote of the project has this number"
        remedy = "see the numbers that there are (`kuule answers quotes list`)"
        raise quote_error("QUOTE_001", quote_place(number), cause, remedy)
    if found[0].proposal is None or len(found) > 1:
        cause = "two copies gave the number to two quotes, or changed the proposal both"
        remedy = "keep one: `kuule answers quotes renumber` with the id of the quote that gets a new number"
        raise quote_error("QUOTE_002", quote_place(number), cause, remedy)
    return found[0]


def _standing(log: ActLog, given: QuoteNumber, basis: QuoteBasis) -> QuoteStanding:
    acts = log.in_force(("quote", given.quote))
    proposals = [act for act in acts if isinstance(act.content, QuoteProposal)]
    if not proposals:
        return QuoteStanding(given.number, given.quote, QuoteState.TEXT_WITHDRAWN)
    proposal = proposals[0].content
    if len(proposals) > 1 or not isinstance(proposal, QuoteProposal):
        return QuoteStanding(given.number, given.quote, QuoteState.CONTESTED)
    translated = _translations(log, proposal)
    looked_at = (proposals[0].id, *_redactions(log, proposal), *(act.id for act in translated))
    contents = [act.content for act in log.in_force(("ruling", given.quote))]
    rulings = [one for one in contents if isinstance(one, QuoteRuling)]
    ruling = rulings[0] if len(rulings) == 1 else None
    standing = QuoteStanding(
        number=given.number,
        quote=given.quote,
        state=QuoteState.UNDECIDED,
        proposal=proposal,
        ruling=ruling,
        check=None if ruling is None else _check_of(log, ruling),
        translations=tuple(act.content for act in translated if isinstance(act.content, QuoteTranslation)),
        looked_at=looked_at,
    )
    state = _state(rulings, standing, basis)
    if state not in _OVER and leave_of(log, proposal.text) is QuoteLeave.NOT_GIVEN:
        state = QuoteState.NO_LEAVE
    return replace(standing, state=state)


def _state(rulings: Sequence[QuoteRuling], standing: QuoteStanding, basis: QuoteBasis) -> QuoteState:
    if len(rulings) != 1:
        return QuoteState.CONTESTED if rulings else QuoteState.UNDECIDED
    [ruling], check = rulings, standing.check
    if ruling.decision is not QuoteDecision.RELEASED:
        return QuoteState(str(ruling.decision))
    looked_at = set(standing.looked_at)
    if check is None or not looked_at < set(ruling.based_on) or len(ruling.based_on) != len(looked_at) + 1:
        return QuoteState.STALE
    compared = ((basis.dataset, check.dataset), (basis.tables, check.tables))
    return QuoteState.STALE if any(now not in ("", then) for now, then in compared) else QuoteState.RELEASED


def _check_of(log: ActLog, ruling: QuoteRuling) -> QuoteCheck | None:
    acts = [act.content for act in map(log.get, ruling.based_on) if act is not None]
    return next((one for one in acts if isinstance(one, QuoteCheck)), None)


def _redactions(log: ActLog, proposal: QuoteProposal) -> tuple[ActId, ...]:
    cells = log.cells_about(proposal.text, "redaction")
    return tuple(sorted(act.id for cell in cells for act in log.in_force(cell)))


def _translations(log: ActLog, proposal: QuoteProposal) -> tuple[Act, ...]:
    cells = [cell for cell in log.cells_about(proposal.text, "quote-translation") if cell[1] == proposal.quote]
    return tuple(act for cell in sorted(cells) for act in log.in_force(cell))
