"""The end of a store: what its rows come to, its files, and how a server is told to remove all of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import connection, transaction

from kuule.core.problems import Problem
from kuule.store.database import close_connections, database_name
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_address import SqliteAddress, read_address
from kuule.store.postgresql.log_clearing import clear_log
from kuule.store.postgresql.model_tables import read_model_tables

_SIDES = ("-journal", "-wal", "-shm")
_BATCH = 10_000
_COUNT = (
    "SELECT COUNT(*) FROM store_response WHERE NOT EXISTS"
    " (SELECT 1 FROM store_withdrawal WHERE store_withdrawal.row_id = store_response.row_id)"
)
_ID_LENGTH = 8


def rows_digest() -> str:
    """One hash over the ids of all responses and of all that was withdrawn. Two stores have the same if they have the
    same rows. Raises StoreError."""
    digest = hashlib.sha256()
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        for table in ("store_response", "store_withdrawal"):
            digest.update(f"{table}\n".encode())
            last = -1
            while True:
                cursor.execute(f"SELECT row_id FROM {table} WHERE row_id > %s ORDER BY row_id LIMIT {_BATCH}", (last,))  # noqa: S608 -- constants
                ids = [int(row_id) for (row_id,) in cursor.fetchall()]
                if not ids:
                    break
                digest.update(b"".join(one.to_bytes(_ID_LENGTH, "big") for one in ids))
                last = ids[-1]
    return digest.hexdigest()


def count_responses() -> int:
    """How many responses an archive of every edition would have. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return int(cursor.fetchone()[0])


def store_files(address: str) -> tuple[Path, ...] | None:
    """The files of a store and those that SQLite makes beside it, as far as they are there; None for a server."""
    read = read_address(address)
    if not isinstance(read, SqliteAddress):
        return None
    path = read.path.absolute()
    return tuple(one for one in (path, *(path.with_name(path.name + side) for side in _SIDES)) if one.exists())


def drop_tables_on_server() -> tuple[Problem, ...]:
    """Have the configured server remove every row and table of the store, and the log that had them. What is gone
    already is no problem.

    Emptying first gives each table new files. Returns what could not be done (`clear_log`). Raises StoreError.
    """
    with raise_store_errors(database_name()):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                there = {connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)}
                ours = [table.name for table in read_model_tables() if table.name in there]
                cursor.execute("SET LOCAL statement_timeout = 0")
                for table in ours:
                    cursor.execute(f"TRUNCATE {table}")
                for table in (*ours, *({connection.ops.quote_name("django_migrations")} & there)):
                    cursor.execute(f"DROP TABLE {table}")
            return clear_log()
        finally:
            close_connections()
