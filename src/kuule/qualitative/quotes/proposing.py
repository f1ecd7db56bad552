"""A quote is proposed: a span of a text that two people redacted, a number that says nothing, at most one broad group;
and its translations."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kuule.languages.cldr.tags import is_language_tag
from kuule.qualitative.act_log.act_making import random_id
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.project_model.quote_acts import QuoteNumber, QuoteProposal, QuoteTranslation
from kuule.qualitative.quotes.given_leave import check_leave
from kuule.qualitative.quotes.quote_problems import quote_error, quote_place
from kuule.qualitative.quotes.quote_states import QuoteStanding, quote_standings
from kuule.qualitative.quotes.quoted_words import check_labels_kept, check_quotable, translated_words, words_of_span
from kuule.qualitative.quotes.ruling import proposal_in
from kuule.qualitative.redaction_log.passes import RedactionState, check_spans, redaction_state
from kuule.tables.request import LANGUAGE, Subpopulation

_FIRST_NUMBERS = 90


@dataclass(frozen=True, slots=True)
class TranslatedQuote:
    """What somebody wrote as a translation: its language, its words, and whether a person or a machine made it."""

    language: str
    words: str
    origin: TranslationOrigin


def free_number(log: ActLog) -> int:
    """A number that no quote of the project ever had, drawn at random: in a report, numbers tell no order. Half of the
    numbers from 10 on stay free, so that two copies seldom draw the same."""
    taken = {int(cell[1]) for cell in log.cells("quote-number")}
    most = _FIRST_NUMBERS
    while len(taken) * 2 >= most:
        most *= 10
    return secrets.choice([number for number in range(10, most + 10) if number not in taken])


def proposal_of(
    log: ActLog, text: AnswerText, span: TextSpan, *, role: str, group: str = ""
) -> tuple[QuoteNumber, QuoteProposal]:
    """What somebody says who proposes a quote. `group` is like `land=nordic`, or "".

    Raises ProjectError PROJECT_026 (a span beyond the text), QUOTE_003 (it is not redacted yet), QUOTE_011 (nothing is
    left of it, or it is too long), QUOTE_013 (no group, or a language that the text is not in), QUOTE_017 (its writer
    gave no leave).
    """
    check_leave(log, text)
    check_spans(text, [span])
    check_is_redacted(log, text)
    check_quotable(words_of_span(log, text, span), f"text {text.id}", language=text.language)
    check_group_words(group, text)
    number, quote = free_number(log), random_id()
    return QuoteNumber(number, quote), QuoteProposal(quote, number, text.id, span, role, group)


def make_renumbering(log: ActLog, quote: str) -> tuple[QuoteNumber, QuoteNumber, QuoteProposal]:
    """Gives a quote another number where two copies gave one twice: the other quote keeps it. Raises ProjectError
    QUOTE_001 (no such quote), QUOTE_009 (its number is its own)."""
    found = next((one for one in quote_standings(log) if one.quote == quote), None)
    proposal = log.content(("quote", quote))
    if found is None or not isinstance(proposal, QuoteProposal):
        cause = "no quote of the project has this id"
        raise quote_error("QUOTE_001", f"quote {quote[:40]!r}", cause, "see the list (`kuule answers quotes list`)")
    others = [one for one in quote_standings(log) if one.number == found.number and one.quote != quote]
    if len(others) != 1:
        cause = "its number is given to it alone, or to more than two"
        raise quote_error("QUOTE_009", quote_place(found.number), cause, "renumber one of a number that is given twice")
    number = free_number(log)
    kept = QuoteNumber(found.number, others[0].quote)
    moved = replace(proposal, number=number)
    return kept, QuoteNumber(number, quote), moved


def check_is_redacted(log: ActLog, text: AnswerText) -> None:
    """Raise ProjectError QUOTE_003 unless two people have redacted the text and agree."""
    state = redaction_state(log, text.id)
    if state is not RedactionState.REDACTED:
        cause = f"its redaction is {state.value!r}: two people have not both been through it, and agreed"
        raise quote_error("QUOTE_003", f"text {text.id}", cause, "redact it twice (`kuule answers redact --done`)")


def check_group_words(group: str, text: AnswerText) -> None:
    """Raise ProjectError QUOTE_013 if a group is not written like one, or is a language that the text is not in."""
    if not group:
        return
    try:
        named = Subpopulation.parse(group)
    except ValueError:
        cause = f"{group[:60]!r} is no group"
        raise quote_error("QUOTE_013", "--group", cause, "write one like land=nordic, or none") from None
    if named.cut == LANGUAGE and named.code != text.language:
        cause = f"the text is in {text.language!r}, and the group says {named.code!r}"
        raise quote_error("QUOTE_013", "--group", cause, f"write {LANGUAGE}={text.language}, or none")


def quote_translation(
    log: ActLog, standing: QuoteStanding, text: AnswerText, said: TranslatedQuote, *, role: str
) -> QuoteTranslation:
    """A translation of the words of a quote, that nobody has reviewed. Raises ProjectError QUOTE_011, QUOTE_012 (no
    language, or its own), QUOTE_018 (other labels than the quote)."""
    place, language = quote_place(standing.number), said.language
    if not is_language_tag(language) or language == text.language:
        cause = f"{language[:40]!r} is no other language than its own, {text.language!r}"
        raise quote_error("QUOTE_012", place, cause, "give the tag of the language, such as en")
    kept = translated_words(said.words, language=text.language, into=language, place=place)
    quoted = words_of_span(log, text, proposal_in(standing).span)
    check_labels_kept(quoted, kept, language=text.language, into=language, place=place)
    return QuoteTranslation(standing.quote, text.id, language, kept, said.origin, role)


def reviewed_translation(standing: QuoteStanding, language: str, *, role: str) -> QuoteTranslation:
    """The translation, reviewed by somebody else than its translator. Raises ProjectError QUOTE_012."""
    found: Sequence[QuoteTranslation] = [one for one in standing.translations if one.language == language]
    place = quote_place(standing.number)
    if len(found) != 1:
        cause = f"it has {'no' if not found else 'more than one'} translation into {language[:40]!r}"
        raise quote_error("QUOTE_012", place, cause, "write it (`kuule answers quotes translate`)")
    [one] = found
    if one.role == role and one.origin is TranslationOrigin.PERSON:
        cause = f"{role} translated it"
        raise quote_error("QUOTE_012", place, cause, "have somebody else review it")
    return QuoteTranslation(one.quote, one.text, one.language, one.words, one.origin, one.role, reviewed=True)
