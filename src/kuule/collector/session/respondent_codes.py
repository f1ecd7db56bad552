"""Pausing, coming back, ending a visit, taking back what was sent: what the store and a code do together.

A person has one pause code for as long as they keep pausing: who comes back and pauses again writes the same draft
anew, so the paper that they have stays right. Where another browser wrote meanwhile, nothing is written over: this one
gets a code of its own. The draft stays until it is sent, deleted, or its last week is over.
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
from kuule.store.rows.withdrawals import (
    VisitStatus,
    delete_draft_and_end_visit,
    find_response_row,
    mark_visit_ended,
    visit_status,
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
    """What became of taking back. Each has its page in `templates/pages/withdraw_response.html`."""

    DONE = "done"
    NOTHING = "nothing"
    """There is nothing under the code, or nothing any more: these are told apart to nobody."""
    CLOSED = "closed"
    """The day until which it was possible is over."""


class UnreadablePausedVisit(Exception):
    """Something lies under a code that this version does not read. It stays until its last week is over."""


@dataclass(frozen=True, slots=True)
class PausedVisit:
    """A visit that is kept: `state` has the paper that opens it, `code`; `until` says how long at the least.

    `branched`: it has a code of its own, since more was written under its earlier one elsewhere.
    """

    state: SessionState
    code: ReturnCode
    until: date
    branched: bool = False


def pause_deadline(edition: Edition, now: datetime) -> date:
    """How long a visit that is paused now is kept, at the least."""
    return now.date() + timedelta(days=edition.study.coming_back.pause_days)


def pause_visit(
    edition: Edition, state: SessionState, now: datetime, *, check_fits: Callable[[SessionState], None]
) -> PausedVisit:
    """Store a visit under its code, on the disk.

    `check_fits` is called with the state that the page with the code will carry, before anything is stored; it raises
    ContentTooLong where no token can hold that. Otherwise a draft would be stored whose code nobody is shown.
    Raises StoreError, KeyDerivationBusy, ContentTooLong, VisitIsOver: then nothing has changed.
    """
    study, until, week = edition.study.id, pause_deadline(edition, now), week_number(now.date())
    row_id, tie = state.row_id(study), hash_code(study, state.code).tie
    ticket = state.pause_ticket
    if ticket is not None:
        key = derive_draft_key(study, ticket.code)
        draft = _draft(state, key, until, tie)
        paused = _paused(state, ticket.code, draft, until)
        check_fits(paused.state)
        before = find_draft(key.draft_id, week)
        if save_draft(draft, week, row_id) if before is None else _replaced(draft, before.sealed, ticket, row_id):
            return paused
    code = new_code()
    draft = _draft(state, derive_draft_key(study, code), until, tie)
    paused = replace(_paused(state, code, draft, until), branched=ticket is not None)
    check_fits(paused.state)
    if not save_draft(draft, week, row_id):
        raise KeyDerivationBusy  # two ids of 63 bits met by chance: the next attempt has another code
    return paused


def _paused(state: SessionState, code: ReturnCode, draft: SealedDraft, until: date) -> PausedVisit:
    return PausedVisit(replace(state, pause_ticket=_paper(code, draft)), code, until)


def _replaced(draft: SealedDraft, before: bytes, ticket: PauseTicket, row_id: int) -> bool:
    """Only over what this browser wrote or opened itself."""
    return _mark(before) == ticket.draft_hash and replace_draft(draft, before, row_id)


def _draft(state: SessionState, key: DraftKey, until: date, tie: bytes) -> SealedDraft:
    """Sealed without the code that is on paper, and without the minute in which the visit began."""
    content = replace(state, pause_ticket=None, start_minute=0).to_bytes()
    return SealedDraft(key.draft_id, week_number(until), seal_draft(content, key), tie)


def _paper(code: ReturnCode, draft: SealedDraft) -> PauseTicket:
    return PauseTicket(code, draft.draft_id, _mark(draft.sealed))


def _mark(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()[:32]


def find_paused_visit(study_id: str, code: ReturnCode, now: datetime) -> SessionState | None:
    """The visit that was paused under a code, or None. Raises StoreError, Busy, Unreadable."""
    key = derive_draft_key(study_id, code)
    draft = find_draft(key.draft_id, week_number(now.date()))
    if draft is None:
        return None
    return replace(_opened(draft, key), pause_ticket=_paper(code, draft))


def _opened(draft: SealedDraft, key: DraftKey) -> SessionState:
    """The visit in a draft. Raises Unreadable."""
    try:
        return SessionState.from_bytes(open_draft(draft.sealed, key))
    except (UnreadableDraft, ValueError) as error:
        raise UnreadablePausedVisit from error


def delete_paused_visit(study_id: str, code: ReturnCode, now: datetime) -> bool:
    """Delete what was paused under a code, for good: a page that is still open on it sends nothing any more.

    Unless more of the visit is kept under a code of its own: that stays, and so does the visit. True where there was
    something. Raises StoreError, Busy.
    """
    key = derive_draft_key(study_id, code)
    draft = find_draft(key.draft_id, week_number(now.date()))
    if draft is None:
        return delete_draft(key.draft_id)  # its last week is over, and it may not have been deleted yet
    try:
        state = _opened(draft, key)
    except UnreadablePausedVisit:
        return delete_draft(key.draft_id)
    return delete_draft_and_end_visit(state.row_id(study_id), hash_code(study_id, state.code).tie, key.draft_id)


def delete_drafts_after_sending(state: SessionState, hashes: CodeHashes) -> None:
    """Delete the drafts of a visit that was sent. If the store cannot just now, their last week ends them."""
    try:
        delete_drafts_of_visit(hashes.tie, state.pause_ticket.draft_id if state.pause_ticket else None)
    except StoreError as error:
        report_store_error(error, "a paused visit that was sent is not deleted before its time is over")


def current_status(edition: Edition, state: SessionState) -> VisitStatus:
    """Whether a visit is still open. A store that does not answer keeps nobody from going on."""
    return current_status_by_id(state.row_id(edition.study.id))


def current_status_by_id(row_id: int) -> VisitStatus:
    """As `current_status`, by the id under which its response is or would be kept."""
    return visit_status(row_id) or VisitStatus.OPEN


def end_visit(edition: Edition, state: SessionState) -> bool:
    """End a visit for good: its drafts are deleted, from whichever of its pages it is ended, and none of them opens
    anything any more. False where the store cannot."""
    study = edition.study.id
    tie, ticket = hash_code(study, state.code).tie, state.pause_ticket
    try:
        mark_visit_ended(state.row_id(study), tie, ticket.draft_id if ticket else None)
    except StoreError as error:
        report_store_error(error, "a visit that was ended is not noted as ended")
        return False
    return True


def take_back_response(editions: Sequence[Edition], code: ReturnCode, now: datetime) -> WithdrawalResult:
    """Remove what was sent under a code, until the day that whoever sent it was told. Raises StoreError.

    `editions` are those that are served; a response of another one has the latest day of theirs.
    """
    study = editions[-1].study.id
    found = find_response_row(row_id_range(study, code), hash_code(study, code).tag, legacy_row_id(study, code))
    own = [edition for edition in editions if found and edition.id == found.edition] or editions
    if not any(edition.study.coming_back.accepts_withdrawals(now) for edition in own):
        return WithdrawalResult.CLOSED
    return WithdrawalResult.DONE if found and withdraw_response(found.row_id) else WithdrawalResult.NOTHING
