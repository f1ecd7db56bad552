"""The conversation with one respondent, without HTTP: a posted form and the time go in, a reply comes out.

Nothing is kept between two steps. All that is known of a visit comes with its page, in a token, and goes back with the
next one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

from kuule.collector.served.served_editions import ServedEdition, ServedEditions
from kuule.collector.session.codec import ContentTooLong, LossReason, TokenCodec
from kuule.collector.session.field_watch import field_watch
from kuule.collector.session.link_switches import link_if_on, study_link_if_on
from kuule.collector.session.opened_visit import OpenedVisit, current_page
from kuule.collector.session.outcome import (
    AsideKind,
    AsidePage,
    NotOpen,
    Outcome,
    QuestionPage,
    Reply,
    Submitted,
    state_to_carry,
)
from kuule.collector.session.partner_counts import Tally
from kuule.collector.session.posted import SENDING_PAGES, Posted
from kuule.collector.session.quality_flags import minute_number
from kuule.collector.session.respondent_codes import delete_drafts_after_sending
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.visit_endings import outcome_if_over, outcome_if_visit_over
from kuule.forms.navigation.visit import Move, Visit
from kuule.sealing.return_code_hashes import hash_code
from kuule.sealing.return_codes import new_code, new_row_id
from kuule.study.settings.field_phase import FieldPhase, FieldStatus

_SEED_BITS = 31
_TAKES_NOTHING = frozenset({FieldPhase.BEFORE, FieldPhase.CLOSED, FieldPhase.OVER})
"""Phases in which a page whose token does not open begins no visit anew."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What every step needs: the codec of the tokens, with the editions that are served, and the counts for partners.

    Each method raises ContentTooLong where no token can hold the state that the page has to carry.
    """

    codec: TokenCodec
    tally: Tally = field(default_factory=Tally)

    @property
    def editions(self) -> ServedEditions:
        """The editions that are served."""
        return self.codec.editions

    def field_status(self, now: datetime) -> FieldStatus:
        """The phase of the field period at `now`."""
        return field_watch.status(self.editions.current, now)

    def begin(self, tag: str, now: datetime, *, link: str = "") -> Reply:
        """The first page of a new visit to the current edition in the language `tag`, where one may begin."""
        served = self.editions.current
        link, status = study_link_if_on(served.edition.study.links, link), self.field_status(now)
        if tag not in field_watch.open_languages(served, link, now):
            return self._reply(NotOpen(served, tag, status), now, status)
        state = _new_state(served, tag, link, now)
        return self._reply(current_page(served, state, now), now, status)

    def step(self, tag: str, posted: Posted, now: datetime) -> Reply:
        """The reply to a posted form. A store that fails, or a token that does not open, has a page of its own.

        Where the new state is too long for a token, the posted page is shown again with all that was typed in it, and
        its token carries the state from before.
        """
        status = self.field_status(now)
        try:
            reply = self._reply(self._step_outcome(tag, posted, now, status), now, status)
        except ContentTooLong:
            return self._reply(self._repeated_page(tag, posted, now, status), now, status)
        if _opens_help(reply.outcome):
            self.tally.add_help_opened()
        return reply

    def resume(self, tag: str, state: SessionState, now: datetime) -> Reply | None:
        """The page where a paused visit stands; None where its edition is no longer served."""
        served = self.editions.find_by_id(state.edition_id)
        if served is None:
            return None
        language = tag if tag in served.languages else served.language_or_default(state.language)
        status = self.field_status(now)
        if not status.lets_finish(paused=True):
            return self._reply(NotOpen(served, language, status, was_begun=True), now, status)
        resumed = replace(state, language=language)
        over = outcome_if_over(served, resumed)
        if over is not None:
            delete_drafts_after_sending(resumed, hash_code(served.edition.study.id, resumed.code))
        return self._reply(over or current_page(served, resumed, now), now, status)

    def _reply(self, outcome: Outcome, now: datetime, status: FieldStatus) -> Reply:
        carried = state_to_carry(outcome)
        if carried is None:
            return Reply(outcome)
        served, state = carried
        return Reply(outcome, self.codec.seal(state, served, now), status)

    def _step_outcome(self, tag: str, posted: Posted, now: datetime, status: FieldStatus) -> Outcome:
        opened = self.codec.open(posted.token, now)
        if isinstance(opened, LossReason):
            return self._without_token(tag, posted, opened, now)
        served, tag = self.editions.edition_and_language(opened.edition_id, tag)
        if served is None or tag not in served.languages:
            return self._without_token(tag, posted, LossReason.EDITION, now)
        state = replace(opened, language=tag, link=link_if_on(opened.link))
        if not status.lets_finish(paused=state.pause_ticket is not None) and posted.command != "end":
            too_late = NotOpen(served, tag, status, was_begun=True, unsent_texts=_texts_of(posted))
            return outcome_if_over(served, state) or too_late
        over = outcome_if_over(served, state, sending=posted.page in SENDING_PAGES and posted.go == "send")
        outcome = over or OpenedVisit(self.codec, served, state, posted, now).answer()
        if isinstance(outcome, Submitted) and not outcome.already_sent and served.edition.study.counts:
            self.tally.add_response(tag, state.link)
        return outcome

    def _repeated_page(self, tag: str, posted: Posted, now: datetime, status: FieldStatus) -> Outcome:
        """The posted page again, for a step whose state is too long for a token. Its fields hold what was typed."""
        opened = self.codec.open(posted.token, now)
        edition_id = opened.edition_id if isinstance(opened, SessionState) else ""
        served, tag = self.editions.edition_and_language(edition_id, tag)
        staying = replace(posted, go=Move.STAY.value)
        if isinstance(opened, SessionState) and served is not None and tag in served.languages:
            state = replace(opened, language=tag)
            return _carrying(OpenedVisit(self.codec, served, state, staying, now).answer(), state)
        outcome = self._step_outcome(tag, staying, now, status)
        if not isinstance(outcome, QuestionPage):
            return outcome
        new = _new_state(outcome.served, outcome.state.language, "", now)
        return _carrying(outcome, replace(new, visit=replace(new.visit, page=outcome.page.key)))

    def _without_token(self, tag: str, posted: Posted, loss: LossReason, now: datetime) -> Outcome:
        """A token that does not open loses the answers of earlier pages, and the page just posted is still shown.

        Not so where its visit was sent or ended: whoever turns back to such a page is shown nothing that was typed.
        """
        served = self.editions.find_by_short_id(posted.edition) or self.editions.current
        if tag not in served.languages:
            served = self.editions.current
            tag = served.language_or_default(tag)
        visit_id = self.codec.visit_id(posted.token)
        if visit_id is not None and (over := outcome_if_visit_over(served, tag, visit_id)):
            return over
        status = self.field_status(now)
        if status.phase in _TAKES_NOTHING:
            return NotOpen(served, tag, status, was_begun=True, unsent_texts=_texts_of(posted))
        state = _new_state(served, tag, "", now)
        sending = posted.go == "send"
        if served.has_page(posted.page):
            visit = replace(state.visit, page=posted.page)
            # Without gates: the page is shown before consent is asked again, and "Continue" then asks for it.
            journey = served.languages[tag].journey_without_gates
            step = journey.step(visit, Move.STAY, posted.page, posted.fields, today=now.date())
            if step.page is not None and step.page.key == posted.page:
                return QuestionPage(served, replace(state, visit=step.visit), step.page, loss, sending)
        first = current_page(served, state, now)
        if isinstance(first, QuestionPage):
            return replace(first, loss=loss, was_sending=sending, rescued_texts=_texts_of(posted))
        return first


def _opens_help(outcome: Outcome) -> bool:
    """Whether it is the help page, newly opened, of a study that counts that. A country is chosen on that page."""
    if not isinstance(outcome, AsidePage) or outcome.kind is not AsideKind.HELP:
        return False
    return outcome.served.edition.study.count_help and not outcome.country


def _carrying(outcome: Outcome, previous_state: SessionState) -> Outcome:
    """The same page, with a token that carries an earlier state."""
    return replace(outcome, previous_state=previous_state) if isinstance(outcome, QuestionPage) else outcome


def _new_state(served: ServedEdition, tag: str, link: str, now: datetime) -> SessionState:
    visit: Visit = served.languages[tag].journey.begin(secrets.randbits(_SEED_BITS), now.date())
    code = new_code()
    row = new_row_id(served.edition.study.id, code)
    return SessionState(served.edition.id, tag, link, code, visit, start_minute=minute_number(now), assigned_row_id=row)


def _texts_of(posted: Posted) -> tuple[str, ...]:
    """What a person wrote in their own words: unlike a code, it has a space or a line break in it."""
    values = [value.strip() for values in posted.fields.values() for value in values]
    return tuple(value for value in values if any(mark.isspace() for mark in value))
