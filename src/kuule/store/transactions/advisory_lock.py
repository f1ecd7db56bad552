"""A lock on one row id until the end of a transaction, so that sending and withdrawing the same response never
overlap."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper


def lock_row_id(cursor: CursorWrapper, row_id: int) -> None:
    """Wait until no other transaction works on this id. SQLite has one writer at a time and needs no such lock."""
    if cursor.db.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (row_id,))
