"""Whole tables of the store as rows, for a backup: read in the order of their random or derived keys, and written anew.

Drafts of paused visits are in no backup: who deletes one is told that it is gone at once and for good (decision 0126).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kuule.core.problems import StoreError
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.location.recognition import no_store_problem
from kuule.store.transactions.readers import read

StoredRow = tuple[int | bytes | str | None, ...]
TRANSFERRED: Mapping[str, str] = {
    "store_response": "row_id",
    "store_withdrawal": "row_id",
    "store_counter": "counter_id",
    "store_switchedoff": "link_id",
    "store_fieldcontrol": "control_id",
    "store_hidingorder": "service_id",
}
"""The tables of a backup with their keys. Tombstones come after responses, so that there is one for each response that
is withdrawn while they are read."""
LEFT_OUT: Mapping[str, str] = {
    "store_draft": "a draft is gone when its visit is sent, ended or deleted, and from nowhere else can it come back",
    "store_identity": "a restored store is another store: its number is new, its audience is in the manifest",
}
BATCH = 500
"""How many rows are read or written at once: 30 MB at the most."""
_AUDIENCE = "SELECT audience FROM store_identity"
_SETTLED_LATER = "UPDATE store_identity SET audience = %s, restored_from = %s"
_WITHDRAWN = "DELETE FROM store_response WHERE row_id IN (SELECT row_id FROM store_withdrawal)"


@dataclass(frozen=True, slots=True)
class StoreState:
    """How far the migrations of a store have come, and its audience ("" where it has none yet)."""

    migration: str
    audience: str


def read_store_state() -> StoreState:
    """The state of the configured store. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        applied = MigrationRecorder(connection).applied_migrations()
        names = [name for app, name in applied if app == "store"]
        if not names:
            raise StoreError(no_store_problem(database_name()))
        audience = ""
        if "audience" in _columns(cursor, "store_identity"):
            cursor.execute(_AUDIENCE)
            audience = str(cursor.fetchone()[0])
    return StoreState(max(names), audience)


def transferred_tables() -> tuple[str, ...]:
    """The tables of a backup that the configured store has: one of an earlier version lacks some. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return tuple(table for table in TRANSFERRED if table in there)


def table_columns(table: str) -> tuple[str, ...]:
    """The columns that a table has in the configured store, its key first. Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        found = _columns(cursor, table)
    key = TRANSFERRED[table]
    return key, *(name for name in found if name != key)


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    # Django's introspection takes the lock of a writer on SQLite, and a collector may be serving.
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608 -- a table of ours
    return [column[0] for column in cursor.description]


def count_rows(table: str) -> int:
    """How many rows a table has. Raises StoreError."""

    def count(cursor: CursorWrapper) -> int:
        cursor.execute(f"SELECT count(*) FROM {_known(table)}")  # noqa: S608 -- one of TRANSFERRED
        return int(cursor.fetchone()[0])

    return read(count)


def read_rows(table: str, columns: Sequence[str]) -> Iterator[list[StoredRow]]:
    """The rows of a table in ascending order of its key, BATCH at a time. Raises StoreError.

    No lock is held between two batches. A row that was there at the beginning is read, unless it is deleted meanwhile.
    """
    last = -1
    while batch := _batch(_select(table, columns), last):
        yield batch
        last = int(batch[-1][0] or 0)


def _select(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(map(connection.ops.quote_name, columns))
    key = TRANSFERRED[table]
    return f"SELECT {names} FROM {_known(table)} WHERE {key} > %s ORDER BY {key} LIMIT {BATCH}"  # noqa: S608 -- names from the catalogue


def _batch(query: str, after: int) -> list[StoredRow]:
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute(query, (after,))
        return [tuple(map(_plain, row)) for row in cursor.fetchall()]


def _plain(value: Any) -> int | bytes | str | None:
    return bytes(value) if isinstance(value, memoryview) else value


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[StoredRow]) -> None:
    """Insert rows into a table of a store that is being made. Raises StoreError."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_known(table)} ({names}) VALUES ({places})", list(rows))  # noqa: S608 -- as above


def finish_restored_store(audience: str, restored_from: str) -> None:
    """Delete the responses of which the tombstone came with them, and let the store say whose it is and from which day.
    Raises StoreError."""
    with raise_store_errors(database_name()), connection.cursor() as cursor:
        cursor.execute(_WITHDRAWN)
        cursor.execute(_SETTLED_LATER, (audience, restored_from))


def let_transaction_take_long() -> None:
    """Lift the limits on time for the transaction that restores a store on a server: nobody else uses it yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def knows_migration(name: str) -> bool:
    """Whether this version has a migration of the store: if not, a newer one made the tables."""
    return ("store", name) in MigrationLoader(None).disk_migrations


def is_new_store() -> bool:
    """Whether the configured database has no tables yet. Raises StoreError."""
    with raise_store_errors(database_name()):
        return not MigrationRecorder(connection).has_table()


def _known(table: str) -> str:
    if table not in TRANSFERRED:
        raise ValueError(f"{table!r} is in no backup")
    return table
