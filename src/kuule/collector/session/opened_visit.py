"""One step of a visit whose token has been opened: what the pressed button does on each kind of page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.codec import TokenCodec
from kuule.collector.session.outcome import (
    AsideKind,
    AsidePage,
    EndPage,
    Outcome,
    QuestionPage,
    ReviewPage,
    Submitted,
    Trouble,
    VisitEnded,
)
from kuule.collector.session.posted import (
    ASIDE_PAGE,
    END_PAGE,
    NEXT_SHOWN,
    PASS_SHOWN,
    PICK,
    SENDING_PAGES,
    Posted,
)
from kuule.collector.session.quality_flags import quality_flags_of
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.store_alerts import report_store_error
from kuule.collector.session.stripped_visit import strip_visit
from kuule.collector.session.submission import seal_visit
from kuule.collector.session.visit_endings import CLOSING_COMMANDS, end_at_gate, outcome_if_over
from kuule.core.problems import StoreError
from kuule.forms.navigation.journey import Ending, JourneyStep
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Move
from kuule.sealing.envelope import ContentTooLong
from kuule.sealing.return_code_hashes import hash_code
from kuule.store.rows.responses import SubmissionResult, save_response

_MOVES = {move.value: move for move in (Move.NEXT, Move.BACK, Move.PASS, Move.FINISH, Move.STAY)}
_REVIEW = "review"
_MOVES[_REVIEW] = Move.FINISH
_MOVES |= dict.fromkeys((NEXT_SHOWN, PASS_SHOWN), Move.NEXT)
_WITH_TARGET = {"add": Move.ADD, "remove": Move.REMOVE, PICK: Move.NEXT}
_ASIDES = {"help": AsideKind.HELP, "privacy": AsideKind.PRIVACY, "break": AsideKind.BREAK, "until": AsideKind.UNTIL}


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """A visit as its page brought it: the state in the token, its edition, and what was posted from the page."""

    codec: TokenCodec
    served: ServedEdition
    state: SessionState
    posted: Posted
    now: datetime

    def answer(self) -> Outcome:
        """What the pressed button leads to. Keeps what was posted from a page of questions."""
        if self.posted.page != ASIDE_PAGE and self.posted.page not in SENDING_PAGES:
            return self._from_questions()
        if (beside := self._beside()) is not None:
            return beside
        return self._from_the_end() if self.posted.page in SENDING_PAGES else self._at(self.state)

    def _beside(self) -> Outcome | None:
        """Help, the privacy promise, a break, and what can be done there; None where another button was pressed."""
        command = self.posted.command
        if command in _ASIDES:
            return AsidePage(self.served, self.state, _ASIDES[command], self.posted.country, asked=self.posted.asked)
        if command in CLOSING_COMMANDS:
            return CLOSING_COMMANDS[command](self.codec, self.served, self.state, self.now)
        return None

    def _from_questions(self) -> Outcome:
        posted = self.posted
        if posted.command in _ASIDES or posted.command in CLOSING_COMMANDS:
            kept = replace(self, state=replace(self.state, visit=self._step(Move.STAY).visit))
            return kept._beside() or kept._at(kept.state)
        step = self._step(_WITH_TARGET.get(posted.command) or _MOVES.get(posted.go, Move.STAY))
        state = replace(self.state, visit=step.visit, reviewed=self.state.reviewed or posted.go == _REVIEW)
        shown = _outcome(self.served, state, step.page or step.ending, self.now)
        return replace(shown, changed_page=posted.page) if isinstance(shown, ReviewPage) else shown

    def _from_the_end(self) -> Outcome:
        """Both pages with the button "Send"."""
        posted, visit = self.posted, self.state.visit
        if posted.go == "send":
            return self._send()
        if posted.command == "page" and self.served.has_page(posted.target):
            return self._at_page(posted.target)
        if posted.go == Move.BACK.value:
            return self._at_page(self.served.last_page(visit.seen))
        if posted.go == _REVIEW:
            return self._at(replace(self.state, reviewed=True))
        return self._at(self.state)

    def _send(self) -> Outcome:
        """Record, seal and store the answers. "Sent" is said only once the store has them on the disk.

        Where something is taken out of what was written, nobody sends it before they were shown what is sent.
        """
        served, state, edition = self.served, self.state, self.served.edition
        if gate := served.unpassed_gate_page(state.visit):
            return outcome_if_over(served, state) or self._at_page(gate)
        if not state.reviewed and (stripped := strip_visit(edition, state.visit)).count:
            review = _review(served, state, self.now, Trouble.NONE)
            shown = replace(review, changed_page=stripped.first_changed_page(review.sections))
            return outcome_if_over(served, state) or shown
        hashes = hash_code(edition.study.id, state.code)
        try:
            sealed = seal_visit(edition, state, self.now, quality_flags_of(state, self.posted.fields, self.now))
            draft_id = state.pause_ticket.draft_id if state.pause_ticket else None
            result = save_response(sealed, hashes.tag, visit=hashes.tie, draft_id=draft_id)
        except ContentTooLong:
            return outcome_if_over(served, state) or _review(served, state, self.now, Trouble.TOO_MUCH)
        except StoreError as error:
            report_store_error(error)
            return outcome_if_over(served, state) or self._not_sent()
        if result is SubmissionResult.WITHDRAWN:
            return VisitEnded(served, state.language, just_now=False)
        return _submitted(served, state, result, self.now)

    def _not_sent(self) -> Outcome:
        """The page on which "Send" was pressed, which says so and keeps everything."""
        if self.posted.page == END_PAGE:
            return _end(self.served, self.state, self.now, Trouble.UNSENT)
        return _review(self.served, self.state, self.now, Trouble.UNSENT)

    def _step(self, move: Move) -> JourneyStep:
        posted, state = self.posted, self.state
        journey = self.served.languages[state.language].journey
        key = posted.page if self.served.has_page(posted.page) else state.visit.page
        fields = posted.fields if posted.page == key else {}
        return journey.step(state.visit, move, key, fields, today=self.now.date(), target=posted.target)

    def _at_page(self, key: str) -> Outcome:
        return self._at(replace(self.state, visit=replace(self.state.visit, page=key)))

    def _at(self, state: SessionState) -> Outcome:
        return current_page(self.served, state, self.now)


def current_page(served: ServedEdition, state: SessionState, now: datetime) -> Outcome:
    """The page where a visit stands, as its answers are now."""
    journey = served.languages[state.language].journey
    return _outcome(served, state, journey.page(state.visit, now.date()), now)


def _outcome(served: ServedEdition, state: SessionState, shown: Page | Ending | None, now: datetime) -> Outcome:
    if isinstance(shown, Page):
        return QuestionPage(served, state, shown)
    if shown is not None and shown.kind == "stopped":
        return end_at_gate(served, state, shown.gate)
    # Who has begun to read through goes on there, also after help or a change.
    return (_review if state.reviewed else _end)(served, state, now, Trouble.NONE)


def _end(served: ServedEdition, state: SessionState, now: datetime, trouble: Trouble) -> EndPage:
    journey = served.languages[state.language].journey
    at_end = replace(state, visit=replace(state.visit, page=""))
    return EndPage(served, at_end, not journey.has_seen_last_page(state.visit, now.date()), trouble)


def _review(served: ServedEdition, state: SessionState, now: datetime, trouble: Trouble) -> ReviewPage:
    journey = served.languages[state.language].journey
    at_end = replace(state, reviewed=True, visit=replace(state.visit, page=""))
    stripped = strip_visit(served.edition, at_end.visit)
    sections = stripped.mark_emptied(journey.review(stripped.visit, now.date()))
    return ReviewPage(served, at_end, sections, trouble, stripped=stripped.shows_mark(sections))


def _submitted(served: ServedEdition, state: SessionState, result: SubmissionResult, now: datetime) -> Submitted:
    """With the code that withdraws the response, while that is possible."""
    code = state.code if served.edition.study.coming_back.accepts_withdrawals(now) else None
    return Submitted(served, state.language, already_sent=result is SubmissionResult.ALREADY, code=code)
