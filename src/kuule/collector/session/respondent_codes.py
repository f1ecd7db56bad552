"""Pausing a visit, resuming it, ending it, and withdrawing a response: what the store and a code do together.

A respondent has one pause code for as long as they keep pausing: whoever resumes and pauses again overwrites the same
draft, so that the code on paper stays right. Where another browser has written to the draft meanwhile, nothing is
overwritten, and this browser gets a code of its own. A draft stays until its visit is sent or ended, or its last week
is over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kuule.collector.session.draft_sealing import (
    DraftKey,
    KeyDerivationBusy,
    UnreadableDraft,
    derive_draft_key,
    open_draft,
    seal_draft,
)
from kuule.collector.session.session_state import PauseTicket, SessionState
from kuule.collector.session.store_alerts import report_store_error
from kuule.collector.session.stripped_visit import strip_visit
from kuule.core.problems import StoreError
from kuule.sealing.return_code_hashes import CodeHashes, hash_code
from kuule.sealing.return_codes import ReturnCode, legacy_row_id, new_code, row_id_range
from kuule.store.rows.drafts import (
    SealedDraft,
    delete_draft,
    delete_drafts_of_visit,
    find_draft,
    replace_draft,
    save_draft,
    week_number,
)
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.rows.withdrawals import (
    delete_draft_and_end_visit,
    end_visit_if_paused,
    find_response_row,
    mark_visit_ended,
    withdraw_response,
)
from kuule.study.edition.study_edition import Edition

__all__ = [
    "UnreadablePausedVisit",
    "WithdrawalResult",
    "current_status",
    "current_status_by_id",
    "delete_drafts_after_sending",
    "delete_paused_visit",
    "end_visit",
    "find_paused_visit",
    "pause_deadline",
    "pause_visit",
    "take_back_response",
]


class WithdrawalResult(StrEnum):
    """What became of a withdrawal. Each has its page in `http.code_views`."""

    DONE = "done"
    NOTHING = "nothing"
    """Nothing is stored under the code, or nothing any more, or its day is over: nobody is told which. Otherwise
    whoever found a code could see that it was sent, again and again, without withdrawing it (decision 0136)."""


class UnreadablePausedVisit(Exception):
    """A draft is stored under the code, and this version cannot read it. It stays until its last week is over."""


@dataclass(frozen=True, slots=True)
class PausedVisit:
    """A visit that is stored as a draft. `state` has the pause ticket; `code` opens the draft, until the day `until` at
    least.

    `branched`: it has a code of its own, since another browser wrote to the draft of its earlier one.
    """

    state: SessionState
    code: ReturnCode
    until: date
    branched: bool = False


def pause_deadline(edition: Edition, now: datetime) -> date:
    """The day until which a visit that is paused now is stored, at least."""
    return now.date() + timedelta(days=edition.study.coming_back.pause_days)


def pause_visit(
    edition: Edition, state: SessionState, now: datetime, *, check_fits: Callable[[SessionState], None]
) -> PausedVisit:
    """Store a visit under its code, on the disk, stripped as the study says.

    `check_fits` is called with the state that the page with the code will carry, before anything is stored; it raises
    ContentTooLong where no token can hold that. Otherwise a draft would be stored whose code nobody is shown.
    Raises StoreError, KeyDerivationBusy, ContentTooLong, VisitIsOver: then nothing has changed.
    """
    study, until, week = edition.study.id, pause_deadline(edition, now), week_number(now.date())
    row_id, tie = state.row_id(study), hash_code(study, state.code).tie
    ticket, kept = state.pause_ticket, replace(state, visit=strip_visit(edition, state.visit).to_resume)
    if ticket is not None:
        key = derive_draft_key(study, ticket.code)
        draft = _draft(kept, key, until, tie)
        paused = _paused(state, ticket.code, draft, until)
        check_fits(paused.state)
        before = find_draft(key.draft_id, week)
        if save_draft(draft, week, row_id) if before is None else _overwrite(draft, before.sealed, ticket, row_id):
            return paused
    code = new_code()
    draft = _draft(kept, derive_draft_key(study, code), until, tie)
    paused = replace(_paused(state, code, draft, until), branched=ticket is not None)
    check_fits(paused.state)
    if not save_draft(draft, week, row_id):
        raise KeyDerivationBusy  # two ids of 63 bits met by chance: the next attempt has another code
    return paused


def _paused(state: SessionState, code: ReturnCode, draft: SealedDraft, until: date) -> PausedVisit:
    return PausedVisit(replace(state, pause_ticket=_ticket_for(code, draft)), code, until)


def _overwrite(draft: SealedDraft, before: bytes, ticket: PauseTicket, row_id: int) -> bool:
    """Overwrite the draft only where this browser wrote or opened it itself."""
    return _hash_of(before) == ticket.draft_hash and replace_draft(draft, before, row_id)


def _draft(state: SessionState, key: DraftKey, until: date, tie: bytes) -> SealedDraft:
    """The draft holds neither the pause code nor the minute in which the visit began."""
    content = replace(state, pause_ticket=None, start_minute=0).to_bytes()
    return SealedDraft(key.draft_id, week_number(until), seal_draft(content, key), tie)


def _ticket_for(code: ReturnCode, draft: SealedDraft) -> PauseTicket:
    return PauseTicket(code, draft.draft_id, _hash_of(draft.sealed))


def _hash_of(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()[:32]


def find_paused_visit(study_id: str, code: ReturnCode, now: datetime) -> SessionState | None:
    """The visit that was paused under a code, or None. Raises StoreError, KeyDerivationBusy, UnreadablePausedVisit."""
    key = derive_draft_key(study_id, code)
    draft = find_draft(key.draft_id, week_number(now.date()))
    if draft is None:
        return None
    return replace(_open(draft, key), pause_ticket=_ticket_for(code, draft))


def _open(draft: SealedDraft, key: DraftKey) -> SessionState:
    """The visit in a draft. Raises UnreadablePausedVisit."""
    try:
        return SessionState.from_bytes(open_draft(draft.sealed, key))
    except (UnreadableDraft, ValueError) as error:
        raise UnreadablePausedVisit from error


def delete_paused_visit(study_id: str, code: ReturnCode, now: datetime) -> bool:
    """Delete the draft of a code for good, and end its visit, so that no page of it that is still open sends anything.

    Where another draft of the visit has a code of its own, that draft and the visit stay. True where there was a draft.
    Raises StoreError, KeyDerivationBusy.
    """
    key = derive_draft_key(study_id, code)
    draft = find_draft(key.draft_id, week_number(now.date()))
    if draft is None:
        return delete_draft(key.draft_id)  # its last week is over, and it may not have been deleted yet
    try:
        state = _open(draft, key)
    except UnreadablePausedVisit:
        return delete_draft(key.draft_id)
    return delete_draft_and_end_visit(state.row_id(study_id), hash_code(study_id, state.code).tie, key.draft_id)


def delete_drafts_after_sending(state: SessionState, hashes: CodeHashes) -> None:
    """Delete the drafts of a visit that was sent. Where the store cannot do so just now, they stay until their last
    week is over."""
    try:
        delete_drafts_of_visit(hashes.tie, state.pause_ticket.draft_id if state.pause_ticket else None)
    except StoreError as error:
        report_store_error(error, "a paused visit that was sent is not deleted before its time is over")


def current_status(edition: Edition, state: SessionState) -> VisitStatus:
    """Whether a visit is still open. A store that does not answer keeps nobody from going on."""
    return current_status_by_id(state.row_id(edition.study.id))


def current_status_by_id(row_id: int) -> VisitStatus:
    """The same, by the row id of the visit's response."""
    return visit_status(row_id) or VisitStatus.OPEN


def end_visit(edition: Edition, state: SessionState, *, if_paused: bool = False) -> bool:
    """End a visit for good: its drafts are deleted, and none of its pages opens again, whichever of them it is ended
    from. False where the store cannot do that.

    `if_paused`: only where another page of it was paused; else there is nothing to end, and nothing is written.
    """
    study = edition.study.id
    row_id, tie, ticket = state.row_id(study), hash_code(study, state.code).tie, state.pause_ticket
    try:
        if if_paused and ticket is None:
            end_visit_if_paused(row_id, tie)
        else:
            mark_visit_ended(row_id, tie, ticket.draft_id if ticket else None)
    except StoreError as error:
        report_store_error(error, "a visit that was ended is not noted as ended")
        return False
    return True


def take_back_response(editions: Sequence[Edition], code: ReturnCode, now: datetime) -> WithdrawalResult:
    """Withdraw the response that was sent under a code, until the day that the respondent was told. Raises StoreError.

    `editions` are those that are served; for a response of another edition, the latest day of theirs counts.
    """
    study = editions[-1].study.id
    found = find_response_row(row_id_range(study, code), hash_code(study, code).tag, legacy_row_id(study, code))
    own = [edition for edition in editions if found and edition.id == found.edition] or editions
    promised = any(edition.study.coming_back.accepts_withdrawals(now) for edition in own)
    return WithdrawalResult.DONE if found and promised and withdraw_response(found.row_id) else WithdrawalResult.NOTHING
