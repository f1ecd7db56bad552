"""Paused visits: sealed drafts under ids that only a pause code gives. What is inside, nothing here can read.

Beside a draft stands one number: the last week in which it is kept, counted in whole weeks. No day and no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from kuule.store.holding import hold
from kuule.store.reading import read
from kuule.store.writing import write

_INSERT = (
    "INSERT INTO store_draft (draft_id, last_week, sealed) VALUES (%s, %s, %s) ON CONFLICT (draft_id) DO UPDATE"
    " SET last_week = excluded.last_week, sealed = excluded.sealed WHERE store_draft.last_week < %s"
)
_REPLACE = "UPDATE store_draft SET last_week = %s, sealed = %s WHERE draft_id = %s AND sealed = %s"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """What is stored: 63 bits of a slow hash, the last week, and a ciphertext of one of few sizes."""

    draft_id: int
    last_week: int
    sealed: bytes


def week_of(day: date) -> int:
    """The week of a day, in whole weeks since the Monday of 1 January in the year 1."""
    return (day.toordinal() - 1) // _WEEK


def keep_draft(draft: SealedDraft, week: int) -> bool:
    """Write a draft, durably. False, and nothing is changed, where its id is taken. Raises StoreError.

    What ran out before `week` takes no id, though it may not have been deleted yet.
    """

    def insert(cursor: CursorWrapper, again: bool) -> bool:
        hold(cursor, draft.draft_id)
        cursor.execute(_INSERT, (draft.draft_id, draft.last_week, draft.sealed, week))
        return cursor.rowcount == 1 or (again and _stands(cursor, draft))

    return write(insert)


def replace_draft(draft: SealedDraft, before: bytes) -> bool:
    """Write a draft in the place of the one whose ciphertext is `before`, durably.

    False, and nothing is changed, where that is not what is there: someone else wrote meanwhile. Raises StoreError.
    """

    def update(cursor: CursorWrapper, again: bool) -> bool:
        hold(cursor, draft.draft_id)
        cursor.execute(_REPLACE, (draft.last_week, draft.sealed, draft.draft_id, before))
        return cursor.rowcount == 1 or (again and _stands(cursor, draft))

    return write(update)


def _stands(cursor: CursorWrapper, draft: SealedDraft) -> bool:
    """Whether this very ciphertext is there: the line broke while it was being kept, and it was kept."""
    cursor.execute("SELECT 1 FROM store_draft WHERE draft_id = %s AND sealed = %s", (draft.draft_id, draft.sealed))
    return cursor.fetchone() is not None


def find_draft(draft_id: int, week: int) -> SealedDraft | None:
    """The draft with this id, or None where there is none that is kept in `week`. Raises StoreError."""
    query = "SELECT last_week, sealed FROM store_draft WHERE draft_id = %s AND last_week >= %s"

    def find(cursor: CursorWrapper) -> SealedDraft | None:
        cursor.execute(query, (draft_id, week))
        row = cursor.fetchone()
        return SealedDraft(draft_id, int(row[0]), bytes(row[1])) if row else None

    return read(find)


def delete_draft(draft_id: int) -> bool:
    """Delete a draft; True where there was one. Raises StoreError."""

    def delete(cursor: CursorWrapper, again: bool) -> bool:
        cursor.execute("DELETE FROM store_draft WHERE draft_id = %s", (draft_id,))
        return cursor.rowcount == 1 or again

    return write(delete)


def delete_expired(week: int) -> int:
    """Delete the drafts whose last week is before `week`; how many there were. Raises StoreError."""

    def delete(cursor: CursorWrapper, again: bool) -> int:
        cursor.execute("DELETE FROM store_draft WHERE last_week < %s", (week,))
        return int(cursor.rowcount)

    return write(delete)
