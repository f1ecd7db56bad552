"""Paused visits: sealed drafts, each under an id that is derived from its pause code. Nothing here can read them.

With a draft are stored the last week of its storage, as a number of whole weeks (no day and no time), and a value that
all drafts of one visit share, by which they are deleted when the visit is sent or ended. There is no index on that
value: an index would be small enough to show in which order people paused, until it is rewritten (decision 0040).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import lock_row_id, write

_INSERT = (
    "INSERT INTO store_draft (draft_id, last_week, sealed, visit) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (draft_id) DO UPDATE SET last_week = excluded.last_week, sealed = excluded.sealed,"
    " visit = excluded.visit WHERE store_draft.last_week < %s"
)
_REPLACE = "UPDATE store_draft SET last_week = %s, sealed = %s, visit = %s WHERE draft_id = %s AND sealed = %s"
_DELETE = "DELETE FROM store_draft WHERE draft_id = %s OR visit = %s"
_OVER = (
    "SELECT EXISTS (SELECT 1 FROM store_withdrawal WHERE row_id = %s)"
    " OR EXISTS (SELECT 1 FROM store_response WHERE row_id = %s)"
)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """What is stored: an id of 63 bits from a slow hash, the last week, a ciphertext of one of few sizes, and 8 bytes
    that tie the draft to its visit (`sealing.return_code_hashes`; None in older drafts, which had none)."""

    draft_id: int
    last_week: int
    sealed: bytes
    visit: bytes | None = None


class VisitIsOver(Exception):
    """The visit has been sent or ended meanwhile, perhaps from another page. Nothing was stored."""


def week_number(day: date) -> int:
    """The number of the week of a day, counted from Monday, 1 January of the year 1."""
    return (day.toordinal() - 1) // _WEEK


def save_draft(draft: SealedDraft, week: int, row_id: int | None = None) -> bool:
    """Store a draft, so that it is on the disk. Returns False, and changes nothing, if its id is taken. Raises
    StoreError, VisitIsOver.

    The id of a draft that expired before `week` is free, even if that draft is not deleted yet. `row_id` is the id of
    the visit's response, which shows whether the visit was sent or ended; with None, that is not checked.
    """

    def insert(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        _check_is_open(cursor, row_id)
        lock_row_id(cursor, draft.draft_id)
        cursor.execute(_INSERT, (draft.draft_id, draft.last_week, draft.sealed, draft.visit, week))
        return cursor.rowcount == 1 or (may_be_kept and _stands(cursor, draft))

    return write(insert)


def replace_draft(draft: SealedDraft, before: bytes, row_id: int | None = None) -> bool:
    """Replace the draft whose ciphertext is `before`, so that the new one is on the disk.

    Returns False, and changes nothing, if that draft is no longer there, because another browser has written meanwhile.
    Raises StoreError, VisitIsOver; `row_id` is as for `save_draft`.
    """

    def update(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        _check_is_open(cursor, row_id)
        lock_row_id(cursor, draft.draft_id)
        cursor.execute(_REPLACE, (draft.last_week, draft.sealed, draft.visit, draft.draft_id, before))
        return cursor.rowcount == 1 or (may_be_kept and _stands(cursor, draft))

    return write(update)


def _check_is_open(cursor: CursorWrapper, row_id: int | None) -> None:
    """Raise VisitIsOver unless the visit is open. A transaction that ends the same visit at the same time either waits
    for this one or goes first."""
    if row_id is None:
        return
    lock_row_id(cursor, row_id)
    cursor.execute(_OVER, (row_id, row_id))
    if cursor.fetchone()[0]:
        raise VisitIsOver


def _stands(cursor: CursorWrapper, draft: SealedDraft) -> bool:
    """Whether exactly this ciphertext is stored: the connection broke during the commit, but the commit succeeded."""
    cursor.execute("SELECT 1 FROM store_draft WHERE draft_id = %s AND sealed = %s", (draft.draft_id, draft.sealed))
    return cursor.fetchone() is not None


def find_draft(draft_id: int, week: int) -> SealedDraft | None:
    """The draft with this id; None if there is none, or if it has expired by `week`. Raises StoreError."""
    query = "SELECT last_week, sealed, visit FROM store_draft WHERE draft_id = %s AND last_week >= %s"

    def find(cursor: CursorWrapper) -> SealedDraft | None:
        cursor.execute(query, (draft_id, week))
        row = cursor.fetchone()
        return SealedDraft(draft_id, int(row[0]), bytes(row[1]), bytes(row[2]) if row[2] else None) if row else None

    return read(find)


def delete_draft(draft_id: int) -> bool:
    """Delete a draft. Returns whether there was one. Raises StoreError."""

    def delete(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        cursor.execute("DELETE FROM store_draft WHERE draft_id = %s", (draft_id,))
        return cursor.rowcount == 1 or may_be_kept

    return write(delete)


def delete_drafts_within(cursor: CursorWrapper, visit: bytes | None, draft_id: int | None) -> int:
    """Delete all drafts of a visit and the one with this id, within a transaction. Returns how many there were."""
    cursor.execute(_DELETE, (draft_id, visit))
    return int(cursor.rowcount)


def delete_drafts_of_visit(visit: bytes, draft_id: int | None) -> int:
    """Delete all drafts of a visit and the one with this id. Returns how many there were. Raises StoreError."""
    return write(lambda cursor, _: delete_drafts_within(cursor, visit, draft_id))


def delete_expired_drafts(week: int) -> int:
    """Delete the drafts whose last week is before `week`. Returns how many there were. Raises StoreError."""

    def delete(cursor: CursorWrapper, may_be_kept: bool) -> int:
        cursor.execute("DELETE FROM store_draft WHERE last_week < %s", (week,))
        return int(cursor.rowcount)

    return write(delete)
