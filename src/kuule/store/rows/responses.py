"""Stores sealed responses, and reads them in the order of their random ids."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from django.db import connection
from django.db.backends.utils import CursorWrapper

from kuule.core.limits import MAX_PAGE_ENVELOPE
from kuule.core.problems import Problem, StoreError
from kuule.sealing.envelope import SealedResponse
from kuule.sealing.envelope_header import EDITION_LENGTH, EDITION_OFFSET, edition_bytes
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.rows.drafts import delete_drafts_within
from kuule.store.transactions.writer import lock_row_id, write

_EDITION = f"substr(envelope, {EDITION_OFFSET + 1}, {EDITION_LENGTH})"
"""Where an envelope names its edition. It has no column of its own, so that a row is an id, a key and a ciphertext."""
_INSERT = (
    "INSERT INTO store_response (row_id, key_id, envelope, tag) SELECT %s, %s, %s, %s"
    " WHERE NOT EXISTS (SELECT 1 FROM store_withdrawal WHERE row_id = %s) ON CONFLICT (row_id) DO NOTHING"
)
_KEPT = "NOT EXISTS (SELECT 1 FROM store_withdrawal WHERE store_withdrawal.row_id = store_response.row_id)"
"""No withdrawn response is read from here, even if the database should ever hold both the row and its tombstone."""
BATCH_SIZE = 500
"""How many rows are read at once."""
_TAG = 17
"""The bytes of a tag in a row: 16, and one for the length."""
MAX_STORED_ENVELOPE = MAX_PAGE_ENVELOPE - _TAG
"""The bytes of the largest envelope that fits, with its tag, into a database page of 64 KiB. Envelopes of editions have
at most 60 KiB."""


class SubmissionResult(Enum):
    """What happened to a response. With NEW and ALREADY, it is on the disk."""

    NEW = "new"
    ALREADY = "already"
    """A response with this id was stored before. Sealing is randomised, so sending again makes a different envelope;
    the first one stays."""
    WITHDRAWN = "withdrawn"
    """Nothing was stored: the response with this id was withdrawn, or its visit was ended (`rows.withdrawals`)."""


def save_response(
    sealed: SealedResponse, tag: bytes | None = None, *, visit: bytes | None = None, draft_id: int | None = None
) -> SubmissionResult:
    """Store one response; it is on the disk when this returns. If the row id is there already, no row changes.

    `tag` is what its return code is compared with (`sealing.return_code_hashes`). It never leaves this table. With
    `visit`, the drafts that have it, and the draft `draft_id`, are deleted in the same transaction.

    Raises StoreError (STORE_003 to STORE_009; STORE_012 if the envelope is too large) if nothing was stored; the person
    who sent it is then told.
    """
    if len(sealed.envelope) > MAX_STORED_ENVELOPE:
        cause = f"an envelope of {len(sealed.envelope):,} bytes is larger than {MAX_STORED_ENVELOPE:,}"
        raise StoreError(Problem("STORE_012", database_name(), cause, "freeze the edition again with shorter texts"))

    def save(cursor: CursorWrapper, may_be_kept: bool) -> SubmissionResult:
        result = insert(cursor, may_be_kept)
        if visit is not None and result is not SubmissionResult.WITHDRAWN:
            delete_drafts_within(cursor, visit, draft_id)
        return result

    def insert(cursor: CursorWrapper, may_be_kept: bool) -> SubmissionResult:
        lock_row_id(cursor, sealed.row_id)
        cursor.execute(_INSERT, (sealed.row_id, sealed.key_id, sealed.envelope, tag, sealed.row_id))
        if cursor.rowcount == 1:
            return SubmissionResult.NEW
        cursor.execute("SELECT envelope FROM store_response WHERE row_id = %s", (sealed.row_id,))
        found = cursor.fetchone()
        if found is None:
            return SubmissionResult.WITHDRAWN
        # The connection broke during the commit, but the commit succeeded: nobody else can have exactly this envelope.
        return SubmissionResult.NEW if may_be_kept and bytes(found[0]) == sealed.envelope else SubmissionResult.ALREADY

    return write(save)


def read_key_ids() -> frozenset[bytes]:
    """The ids of all keys that responses are sealed to. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT key_id FROM store_response")
        return frozenset(bytes(key_id) for (key_id,) in cursor.fetchall())


def keeps_response(row_id: int) -> bool:
    """Whether a response with this id is stored. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM store_response WHERE row_id = %s", (row_id,))
        return cursor.fetchone() is not None


def read_responses(edition_id: str) -> Iterator[SealedResponse]:
    """The responses of an edition in ascending order of row id. Raises StoreError.

    They are read in batches, so that no lock is held while the caller works. A response that arrives meanwhile may or
    may not be included.
    """
    last = -1
    while batch := _batch(edition_bytes(edition_id), last):
        yield from batch
        last = batch[-1].row_id


def _batch(edition: bytes, after: int) -> list[SealedResponse]:
    query = (
        f"SELECT row_id, key_id, envelope FROM store_response WHERE row_id > %s AND {_EDITION} = %s AND {_KEPT}"  # noqa: S608 -- constants
        f" ORDER BY row_id LIMIT {BATCH_SIZE}"
    )
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute(query, (after, edition))
        return [SealedResponse(int(row), bytes(key), bytes(envelope)) for row, key, envelope in cursor.fetchall()]
