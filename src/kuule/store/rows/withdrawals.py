"""Withdraws responses: the row is deleted, but its id stays, so that nothing is ever stored under it again.

An id also stays if somebody ended a visit before anything was sent, so that a page of that visit which is still open in
a browser shows and sends nothing. The two cases look the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from kuule.sealing.envelope_header import EDITION_LENGTH, EDITION_OFFSET
from kuule.store.rows.drafts import delete_drafts_within
from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import lock_row_id, write

_TOMBSTONE = "INSERT INTO store_withdrawal (row_id) VALUES (%s) ON CONFLICT (row_id) DO NOTHING"
_EDITION = f"substr(envelope, {EDITION_OFFSET + 1}, {EDITION_LENGTH})"


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """The row of a response, and the edition that its envelope names (64 hexadecimal digits)."""

    row_id: int
    edition: str


def find_response_row(rows: range, tag: bytes, untagged: int) -> ResponseRow | None:
    """The row within `rows` that has this tag, or the row `untagged` if it has no tag, like the rows of earlier
    versions.

    None if there is neither. The few rows of a range are compared one by one: an index of tags would be small enough to
    show in which order they came, until it is rewritten. Raises StoreError.
    """
    query = (
        f"SELECT row_id, {_EDITION} FROM store_response WHERE row_id BETWEEN %s AND %s"  # noqa: S608 -- constants
        " AND (tag = %s OR (tag IS NULL AND row_id = %s))"
    )

    def find(cursor: CursorWrapper) -> ResponseRow | None:
        cursor.execute(query, (rows.start, rows.stop - 1, tag, untagged))
        row = cursor.fetchone()
        return ResponseRow(int(row[0]), bytes(row[1]).hex()) if row else None

    return read(find)


def withdraw_response(row_id: int) -> bool:
    """Delete a response and leave its tombstone, in one transaction. Returns False, and changes nothing, if there is no
    such row.

    Raises StoreError if nothing was deleted.
    """

    def remove(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        lock_row_id(cursor, row_id)
        cursor.execute("DELETE FROM store_response WHERE row_id = %s", (row_id,))
        if cursor.rowcount == 1:
            cursor.execute(_TOMBSTONE, (row_id,))
            return True
        # The connection broke during the commit, but the commit succeeded.
        return may_be_kept and _is_ended(cursor, row_id)

    return write(remove)


def _is_ended(cursor: CursorWrapper, row_id: int) -> bool:
    cursor.execute("SELECT 1 FROM store_withdrawal WHERE row_id = %s", (row_id,))
    return cursor.fetchone() is not None


def mark_visit_ended(row_id: int, visit: bytes | None = None, draft_id: int | None = None) -> None:
    """Leave the tombstone of a visit that was ended, and delete its drafts, in one transaction.

    This deletes the drafts that are tied to the visit, and the draft with this id. A response that was sent stays: only
    its own code withdraws it. Raises StoreError.
    """

    def leave(cursor: CursorWrapper, may_be_kept: bool) -> None:
        lock_row_id(cursor, row_id)
        delete_drafts_within(cursor, visit, draft_id)
        _leave_id(cursor, row_id)

    write(leave)


def end_visit_if_paused(row_id: int, visit: bytes) -> None:
    """The same for a visit that has drafts; where it has none, nothing is written. Raises StoreError."""

    def leave(cursor: CursorWrapper, may_be_kept: bool) -> None:
        lock_row_id(cursor, row_id)
        if delete_drafts_within(cursor, visit, None):
            _leave_id(cursor, row_id)

    write(leave)


def delete_draft_and_end_visit(row_id: int, visit: bytes, draft_id: int) -> bool:
    """Delete the draft with this id and, if its visit has no other draft, end the visit. Returns whether there was a
    draft.

    This is one transaction, like `mark_visit_ended`. Raises StoreError.
    """

    def leave(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        lock_row_id(cursor, row_id)
        was_there = delete_drafts_within(cursor, None, draft_id) == 1
        cursor.execute("SELECT 1 FROM store_draft WHERE visit = %s", (visit,))
        if cursor.fetchone() is None:
            _leave_id(cursor, row_id)
        return was_there or may_be_kept

    return write(leave)


def _leave_id(cursor: CursorWrapper, row_id: int) -> None:
    """Leave the tombstone of a visit, unless it was sent."""
    cursor.execute("SELECT 1 FROM store_response WHERE row_id = %s", (row_id,))
    if cursor.fetchone() is None:
        cursor.execute(_TOMBSTONE, (row_id,))


def withdrawn_row_ids() -> tuple[int, ...]:
    """The id of every tombstone, in ascending order. Raises StoreError."""

    def find(cursor: CursorWrapper) -> tuple[int, ...]:
        cursor.execute("SELECT row_id FROM store_withdrawal ORDER BY row_id")
        return tuple(int(row_id) for (row_id,) in cursor.fetchall())

    return read(find)


def apply_withdrawals(row_ids: Iterable[int]) -> int:
    """Withdraw these responses, which an archive lists, from a database that was restored. Returns how many rows were
    deleted.

    All in one transaction: either all withdrawals of an archive are applied or none. Raises StoreError.
    """
    wanted = sorted(row_ids)

    def remove(cursor: CursorWrapper, may_be_kept: bool) -> int:
        removed = 0
        for row_id in wanted:
            lock_row_id(cursor, row_id)
            cursor.execute("DELETE FROM store_response WHERE row_id = %s", (row_id,))
            removed += int(cursor.rowcount)
            cursor.execute(_TOMBSTONE, (row_id,))
        return removed

    return write(remove)
