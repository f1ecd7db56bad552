"""Deciding about a quote: released by another person than its proposer, after the check; refused with a reason; or
withdrawn. And what is then published of it: nothing else makes a ReleasedQuote of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kuule.languages.workflow.states import TextOrigin
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.quote_acts import (
    ActId,
    QuoteCheck,
    QuoteDecision,
    QuoteProposal,
    QuoteRuling,
    QuoteTranslation,
)
from kuule.qualitative.quotes.quote_problems import quote_error, quote_place
from kuule.qualitative.quotes.quote_states import QuoteBasis, QuoteStanding, QuoteState, quote_standings
from kuule.qualitative.quotes.quoted_words import words_of_span
from kuule.qualitative.quotes.reidentification import SAFE_ANSWERS, CheckQuestion, answers_to, questions_for
from kuule.tables.released_quotes import QuoteAbsence, ReleasedQuote, ReleasedQuotes, ReleasedTranslation
from kuule.tables.request import Subpopulation


class RefusalReason(StrEnum):
    """Why a quote is not released. The words of why stay in the team."""

    NO_LEAVE = "no-leave"
    FEW = "few"
    PUBLISHED = "published"
    RARE = "rare"
    SISTER = "sister"
    NOT_SAID = "not-said"
    REDACTION = "redaction"
    NOT_WANTED = "not-wanted"
    """It would hurt who reads it, or serves no point."""


def check_act(
    standing: QuoteStanding, facts: Mapping[CheckQuestion, tuple[str, ...]], basis: QuoteBasis, *, role: str
) -> QuoteCheck:
    """What this person was shown of a quote. Raises ProjectError QUOTE_004 if they proposed it."""
    proposal = proposal_in(standing)
    if proposal.role == role:
        cause = f"{role} proposed it"
        remedy = "have another person look at it: whoever likes a sentence does not see what is in it"
        raise quote_error("QUOTE_004", quote_place(standing.number), cause, remedy)
    said = tuple((str(question), "; ".join(lines)) for question, lines in facts.items())
    return QuoteCheck(standing.quote, proposal.text, role, basis.dataset, basis.tables, said)


def make_release_ruling(
    standing: QuoteStanding, check: QuoteCheck, check_id: ActId, answers: Mapping[str, str], *, role: str
) -> QuoteRuling:
    """The ruling that releases a quote. Raises ProjectError QUOTE_005 (a question is not answered, or otherwise than it
    can be), QUOTE_006 (an answer by which somebody could be recognised)."""
    place, proposal = quote_place(standing.number), proposal_in(standing)
    asked = questions_for(proposal.group)
    for question in asked:
        if answers.get(question) not in answers_to(question):
            cause = f"the question {question.value!r} has the answer {answers.get(question, '')[:40]!r}"
            raise quote_error("QUOTE_005", place, cause, f"answer it with one of {', '.join(answers_to(question))}")
    if unknown := sorted(set(answers) - set(asked)):
        cause = f"there is no question {unknown[0][:40]!r} about it"
        raise quote_error("QUOTE_005", place, cause, f"answer {', '.join(asked)}")
    if unsafe := [one for one in asked if answers[one] != SAFE_ANSWERS[one]]:
        cause = f"{unsafe[0].value!r} is answered with {answers[unsafe[0]]!r}: somebody could be recognised"
        remedy = "refuse it (`kuule answers quotes refuse`), redact more, or quote less of it"
        raise quote_error("QUOTE_006", place, cause, remedy)
    based_on = tuple(sorted((*standing.looked_at, check_id)))
    given = tuple((str(one), answers[one]) for one in asked)
    return QuoteRuling(standing.quote, check.text, role, QuoteDecision.RELEASED, based_on, given)


def make_refusal(standing: QuoteStanding, reason: RefusalReason, *, role: str) -> QuoteRuling:
    """The ruling that refuses a quote, whoever says so; a proposer takes their own back like that."""
    proposal = proposal_in(standing)
    return QuoteRuling(
        standing.quote, proposal.text, role, QuoteDecision.REFUSED, standing.looked_at, (("refusal", str(reason)),)
    )


def can_withdraw(standing: QuoteStanding) -> bool:
    """Whether a quote was released, and nobody took it back since; also where its leave is gone."""
    released = standing.ruling is not None and standing.ruling.decision is QuoteDecision.RELEASED
    return released or standing.state is QuoteState.CONTESTED


def make_withdrawal(standing: QuoteStanding, *, role: str) -> QuoteRuling:
    """The ruling that takes a released quote back, whoever says so. Raises ProjectError QUOTE_009 if it is not
    released."""
    proposal = proposal_in(standing)
    if not can_withdraw(standing):
        cause = f"it is not released: it is {standing.state.value!r}"
        raise quote_error("QUOTE_009", quote_place(standing.number), cause, "there is nothing to withdraw")
    return QuoteRuling(standing.quote, proposal.text, role, QuoteDecision.WITHDRAWN, standing.looked_at)


def released_quotes(log: ActLog, texts: Mapping[TextId, AnswerText], study: str, basis: QuoteBasis) -> ReleasedQuotes:
    """All quotes that are released now, by number, and why other numbers are not."""
    quotes: list[ReleasedQuote] = []
    absent: dict[int, QuoteAbsence] = {}
    for standing in quote_standings(log, basis):
        if standing.state is QuoteState.RELEASED:
            quotes.append(_released(log, texts, standing))
        else:
            absent[standing.number] = QuoteAbsence(standing.state.value)
    kept = tuple(one for one in quotes if one.number not in absent)
    return ReleasedQuotes(study, basis.dataset, basis.tables, kept, absent)


def proposal_in(standing: QuoteStanding) -> QuoteProposal:
    """The proposal of a quote that was not withdrawn. Raises ValueError."""
    if standing.proposal is None:
        raise ValueError(f"quote {standing.number} has no proposal")
    return standing.proposal


def _released(log: ActLog, texts: Mapping[TextId, AnswerText], standing: QuoteStanding) -> ReleasedQuote:
    proposal = proposal_in(standing)
    text = texts[proposal.text]
    return ReleasedQuote(
        number=standing.number,
        language=text.language,
        words=words_of_span(log, text, proposal.span),
        group=Subpopulation.parse(proposal.group) if proposal.group else None,
        translations=tuple(_translations(standing.translations)),
    )


def _translations(translations: Iterable[QuoteTranslation]) -> list[ReleasedTranslation]:
    by_language = {one.language: one for one in translations}
    return [
        ReleasedTranslation(tag, one.words, TextOrigin(str(one.origin)), one.reviewed)
        for tag, one in sorted(by_language.items())
    ]
