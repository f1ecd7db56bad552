"""The conversation with one person, pure of HTTP: what they posted and the time go in, an outcome comes out.

Nothing is kept between two steps: all that is known of a person comes with their page and goes back with the next.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kuule.collector.served.served_editions import ServedEdition, ServedEditions
from kuule.collector.served.token_compression import UnknownDictionary, decompress
from kuule.collector.session.link_switches import link_if_on, study_link_if_on
from kuule.collector.session.outcome import (
    AsideKind,
    AsidePage,
    LossReason,
    Outcome,
    QuestionPage,
    ReviewPage,
    ScreenedOut,
    Submitted,
    Trouble,
    VisitEnded,
)
from kuule.collector.session.partner_counts import Tally
from kuule.collector.session.posted import NEXT_SHOWN
from kuule.collector.session.quality_flags import minute_number, quality_flags_of
from kuule.collector.session.respondent_codes import delete_drafts_after_sending
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.store_alerts import report_store_error
from kuule.collector.session.submission import seal_visit
from kuule.collector.session.token import TokenError, TokenKeys, open_token, read_visit_id
from kuule.collector.session.visit_endings import CLOSING_COMMANDS, outcome_if_over, outcome_if_visit_over
from kuule.core.problems import StoreError
from kuule.forms.navigation.journey import Ending, JourneyStep
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Move, Visit
from kuule.sealing.envelope import ContentTooLong
from kuule.sealing.return_code_hashes import hash_code
from kuule.sealing.return_codes import new_code, new_row_id
from kuule.store.rows.responses import SubmissionResult, save_response

REVIEW_PAGE = "~review"
ASIDE_PAGE = "~aside"
"""Values of a form's `page` on pages that ask nothing: no page key of a form begins so."""

_MOVES = {move.value: move for move in (Move.NEXT, Move.BACK, Move.PASS, Move.FINISH, Move.STAY)}
_MOVES["review"] = Move.FINISH
_MOVES[NEXT_SHOWN] = Move.NEXT
_WITH_TARGET = {"add": Move.ADD, "remove": Move.REMOVE}
_ASIDES = {"help": AsideKind.HELP, "privacy": AsideKind.PRIVACY, "break": AsideKind.BREAK}
_SEED_BITS = 31


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came: `edition` and `page` are the two parts of its `page` field."""

    token: str = ""
    edition: str = ""
    page: str = ""
    go: str = ""
    country: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def command(self) -> str:
        return self.go.partition(":")[0]

    @property
    def target(self) -> str:
        return self.go.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What every step needs: the editions, the keys of the tokens, and what is counted for partners."""

    editions: ServedEditions
    keys: TokenKeys
    tally: Tally = field(default_factory=Tally)

    def begin(self, tag: str, now: datetime, *, link: str = "") -> Outcome:
        """The first page of a new visit in the language `tag` of the current edition."""
        offer = self.editions.current
        return _shown(offer, _new(offer, tag, study_link_if_on(offer.edition.study.links, link), now), now)

    def step(self, tag: str, posted: Posted, now: datetime) -> Outcome:
        """The answer to a posted form. Never raises for what a person can send; StoreError becomes an outcome."""
        opened = self._open(posted.token, now)
        if isinstance(opened, LossReason):
            return self._without_token(tag, posted, opened, now)
        offer, tag = self.editions.edition_and_language(opened.edition_id, tag)
        if offer is None or tag not in offer.languages:
            return self._without_token(tag, posted, LossReason.EDITION, now)
        carried = replace(opened, language=tag, link=link_if_on(opened.link))
        ended = outcome_if_over(offer, carried, sending=posted.page == REVIEW_PAGE and posted.go == "send")
        outcome = ended or _answer(offer, carried, posted, now)
        if isinstance(outcome, Submitted) and not outcome.already_sent and offer.edition.study.counts:
            self.tally.add_response(tag, carried.link)
        return outcome

    def repeat_page(self, tag: str, posted: Posted, now: datetime) -> Outcome:
        """The posted page again, where what came of a step has no room in a token: the fields hold what was typed."""
        opened = self._open(posted.token, now)
        offer, tag = self.editions.edition_and_language(
            opened.edition_id if isinstance(opened, SessionState) else "", tag
        )
        staying = replace(posted, go=Move.STAY.value)
        if isinstance(opened, SessionState) and offer is not None and tag in offer.languages:
            before = replace(opened, language=tag)
            return _held(_answer(offer, before, staying, now), before)
        again = self.step(tag, staying, now)
        if not isinstance(again, QuestionPage):
            return again
        new = _new(again.served, again.state.language, "", now)
        return _held(again, replace(new, visit=replace(new.visit, page=again.page.key)))

    def resume(self, tag: str, carried: SessionState, now: datetime) -> Outcome | None:
        """The page where a paused visit stands; None where its edition is not served any more."""
        offer = self.editions.by_id(carried.edition_id)
        if offer is None:
            return None
        here = replace(carried, language=tag if tag in offer.languages else offer.language_or_default(carried.language))
        ended = outcome_if_over(offer, here)
        if ended is not None:
            delete_drafts_after_sending(here, hash_code(offer.edition.study.id, here.code))
        return ended or _shown(offer, here, now)

    def _open(self, token: str, now: datetime) -> SessionState | LossReason:
        try:
            return SessionState.from_bytes(
                decompress(open_token(token, self.keys, now), self.editions.compression_dictionaries)
            )
        except TokenError as error:
            return LossReason.EXPIRED if error.reason == "expired" else LossReason.ALTERED
        except UnknownDictionary:
            return LossReason.EDITION
        except ValueError:
            return LossReason.ALTERED

    def _without_token(self, tag: str, posted: Posted, loss: LossReason, now: datetime) -> Outcome:
        """A token that is not opened costs the earlier answers, never the page just typed: unless its visit was sent
        or ended, after which nothing that was typed is shown to whoever turns back to it."""
        offer = self.editions.by_short(posted.edition) or self.editions.current
        if tag not in offer.languages:
            offer = self.editions.current
            tag = offer.language_or_default(tag)
        visit_id = read_visit_id(posted.token, self.keys)
        if visit_id is not None and (ended := outcome_if_visit_over(offer, tag, visit_id)):
            return ended
        carried = _new(offer, tag, "", now)
        sending = posted.go == "send"
        if offer.has_page(posted.page):
            visit = replace(carried.visit, page=posted.page)
            # Without gates: the page is shown before consent is asked anew, which "Continue" then does.
            journey = offer.languages[tag].journey_without_gates
            step = journey.step(visit, Move.STAY, posted.page, posted.fields, today=now.date())
            if step.page is not None and step.page.key == posted.page:
                return QuestionPage(offer, replace(carried, visit=step.visit), step.page, loss, sending)
        begun = _shown(offer, carried, now)
        if isinstance(begun, QuestionPage):
            return replace(begun, loss=loss, was_sending=sending, rescued=_texts_of(posted))
        return begun


def _held(outcome: Outcome, before: SessionState) -> Outcome:
    return replace(outcome, before=before) if isinstance(outcome, QuestionPage) else outcome


def _answer(offer: ServedEdition, carried: SessionState, posted: Posted, now: datetime) -> Outcome:
    if posted.page == ASIDE_PAGE:
        return _from_aside(offer, carried, posted, now)
    if posted.page == REVIEW_PAGE:
        return _from_review(offer, carried, posted, now)
    return _from_questions(offer, carried, posted, now)


def _from_questions(offer: ServedEdition, carried: SessionState, posted: Posted, now: datetime) -> Outcome:
    if posted.command in _ASIDES:
        step = _step(offer, carried, Move.STAY, posted, now)
        return AsidePage(offer, replace(carried, visit=step.visit), _ASIDES[posted.command], posted.country)
    if posted.command in CLOSING_COMMANDS:
        step = _step(offer, carried, Move.STAY, posted, now)
        return CLOSING_COMMANDS[posted.command](offer, replace(carried, visit=step.visit), now)
    move = _WITH_TARGET.get(posted.command) or _MOVES.get(posted.go, Move.STAY)
    step = _step(offer, carried, move, posted, now)
    return _outcome(offer, replace(carried, visit=step.visit), step.page or step.ending, now)


def _from_review(offer: ServedEdition, carried: SessionState, posted: Posted, now: datetime) -> Outcome:
    if posted.command in _ASIDES:
        return AsidePage(offer, carried, _ASIDES[posted.command], posted.country)
    if posted.command in CLOSING_COMMANDS:
        return CLOSING_COMMANDS[posted.command](offer, carried, now)
    if posted.go == "send":
        return _send(offer, carried, posted, now)
    if posted.command == "page" and offer.has_page(posted.target):
        return _shown(offer, replace(carried, visit=replace(carried.visit, page=posted.target)), now)
    if posted.go == Move.BACK.value:
        last = offer.last_page(carried.visit.seen)
        return _shown(offer, replace(carried, visit=replace(carried.visit, page=last)), now)
    return _shown(offer, carried, now)


def _from_aside(offer: ServedEdition, carried: SessionState, posted: Posted, now: datetime) -> Outcome:
    if posted.command in _ASIDES:
        return AsidePage(offer, carried, _ASIDES[posted.command], posted.country)
    if posted.command in CLOSING_COMMANDS:
        return CLOSING_COMMANDS[posted.command](offer, carried, now)
    return _shown(offer, carried, now)


def _send(offer: ServedEdition, carried: SessionState, posted: Posted, now: datetime) -> Outcome:
    """Record, seal, keep; "sent" is said only after the store has it on the disk."""
    edition = offer.edition
    if gate := offer.unpassed_gate_page(carried.visit):
        return outcome_if_over(offer, carried) or _shown(
            offer, replace(carried, visit=replace(carried.visit, page=gate)), now
        )
    hashes = hash_code(edition.study.id, carried.code)
    try:
        sealed = seal_visit(edition, carried, now, quality_flags_of(carried, posted.fields, now))
        kept = save_response(sealed, hashes.tag)
    except ContentTooLong:
        return outcome_if_over(offer, carried) or _review(offer, carried, now, Trouble.TOO_MUCH)
    except StoreError as error:
        report_store_error(error)
        return outcome_if_over(offer, carried) or _review(offer, carried, now, Trouble.UNSENT)
    if kept is SubmissionResult.WITHDRAWN:
        return VisitEnded(offer, carried.language, just_now=False)
    delete_drafts_after_sending(carried, hashes)
    return _sent(offer, carried, kept, now)


def _sent(offer: ServedEdition, carried: SessionState, kept: SubmissionResult, now: datetime) -> Submitted:
    """With the code that takes it back, while that is possible."""
    coming_back = offer.edition.study.coming_back
    until: date | None = coming_back.withdraw_until if coming_back.accepts_withdrawals(now) else None
    code = carried.code if until else None
    return Submitted(offer, carried.language, already_sent=kept is SubmissionResult.ALREADY, code=code, until=until)


def _step(offer: ServedEdition, carried: SessionState, move: Move, posted: Posted, now: datetime) -> JourneyStep:
    journey = offer.languages[carried.language].journey
    key = posted.page if offer.has_page(posted.page) else carried.visit.page
    fields = posted.fields if posted.page == key else {}
    return journey.step(carried.visit, move, key, fields, today=now.date(), target=posted.target)


def _shown(offer: ServedEdition, carried: SessionState, now: datetime) -> Outcome:
    """The page where a visit stands."""
    journey = offer.languages[carried.language].journey
    return _outcome(offer, carried, journey.page(carried.visit, now.date()), now)


def _outcome(offer: ServedEdition, carried: SessionState, shown: Page | Ending | None, now: datetime) -> Outcome:
    if isinstance(shown, Page):
        return QuestionPage(offer, carried, shown)
    if shown is not None and shown.kind == "stopped":
        return ScreenedOut(offer, carried.language, shown.gate)
    return _review(offer, carried, now, Trouble.NONE)


def _review(offer: ServedEdition, carried: SessionState, now: datetime, trouble: Trouble) -> ReviewPage:
    journey = offer.languages[carried.language].journey
    ended = replace(carried, reviewed=True, visit=replace(carried.visit, page=""))
    return ReviewPage(offer, ended, journey.review(ended.visit, now.date()), trouble)


def _new(offer: ServedEdition, tag: str, link: str, now: datetime) -> SessionState:
    visit: Visit = offer.languages[tag].journey.begin(secrets.randbits(_SEED_BITS), now.date())
    code = new_code()
    row = new_row_id(offer.edition.study.id, code)
    return SessionState(offer.edition.id, tag, link, code, visit, start_minute=minute_number(now), assigned_row_id=row)


def _texts_of(posted: Posted) -> tuple[str, ...]:
    """What a person wrote in their own words, told from codes by having a space or a line in it."""
    values = [value.strip() for values in posted.fields.values() for value in values]
    return tuple(value for value in values if any(mark.isspace() for mark in value))
