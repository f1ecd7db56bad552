"""The identity of a store: a random number that is made together with its tables, so that another store in its place is
noticed.

A collector is started with one store. A connection that is opened later, by a worker that started after a crash or
after the disk was unmounted for a while, is used only if it leads to that same store.
"""

from __future__ import annotations

import secrets
import sqlite3

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_name import database_name

_BITS = 63
_QUERY = "SELECT identity_id FROM store_identity"


class _Expected:
    """The store that this process was started with; None accepts any."""

    identity: int | None = None


def expect_store(identity: int | None) -> None:
    """From now on, refuse connections to any other store (STORE_026); None accepts any."""
    _Expected.identity = identity


def create_identity() -> None:
    """Give the store an identity if it has none. Only the process that makes or migrates the tables calls this."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        if cursor.fetchone() is None:
            cursor.execute(
                "INSERT INTO store_identity (identity_id, audience, restored_from) VALUES (%s, %s, %s)",
                (secrets.randbits(_BITS), "", ""),
            )


def read_identity() -> int:
    """The identity of the configured store. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute(_QUERY)
        return int(cursor.fetchone()[0])


def check_identity(wrapper: BaseDatabaseWrapper) -> None:
    """Raise StoreError STORE_026 if a connection leads to another store than the expected one, or to an empty file.

    Raises what Django raises if the database does not answer.
    """
    if _Expected.identity is None:
        return
    try:
        with wrapper.cursor() as cursor:
            cursor.execute(_QUERY)
            row = cursor.fetchone()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
            raise
        row = None  # the file has no such table
    if row is None or int(row[0]) != _Expected.identity:
        cause = "another database, or an empty one, stands where that one was with which the collector was started"
        remedy = "put the first one back (or mount its disk); to go on with another, start the collector again"
        raise StoreError(Problem("STORE_026", database_name(), cause, remedy))
