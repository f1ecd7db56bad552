"""Makes the tables on a PostgreSQL server: in one transaction, marked as Kuule's, and without statistics, which would
keep samples of rows.

The mark is the comment on Django's table of migrations: `kuule store N`, where N is the version of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.postgresql_sqlstates import NO_TABLES
from kuule.store.location.database_name import database_name, is_cluster
from kuule.store.location.recognition import SCHEMA_VERSION, no_store_problem
from kuule.store.postgresql.confirmed_commit import check_replica_is_there
from kuule.store.postgresql.model_tables import read_model_tables
from kuule.store.postgresql.server_settings import check_server_settings

SETUP_LOCK_ID = 0x4B55_554C_0001
"""The advisory lock of the process that makes the tables ("KUUL", 1)."""
_MARK = re.compile(r"kuule store (\d+)")
_MARKED = "django_migrations"
_COMMENT = (
    # From the catalogue: to_regclass() may still not see what another process has just made.
    "SELECT d.description FROM pg_class c JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = 0"
    " WHERE d.classoid = 'pg_class'::regclass AND c.relname = %s AND c.relnamespace = current_schema()::regnamespace"
)
_FOREIGN = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
    " AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
    " AND d.deptype = 'e') ORDER BY 1 LIMIT 1"
)


def prepare_database(migrate: Callable[[], None], *, new: bool) -> bool:
    """Bring the tables up to this version; with `new`, make them if there are none. Returns whether they were made.

    Several processes, also on several hosts, may call this at the same time.
    """
    check_server_settings()
    if read_schema_version() == SCHEMA_VERSION:
        return False
    if is_cluster():
        check_replica_is_there()
    with transaction.atomic(), connection.cursor() as cursor:
        # It waits for lock_timeout at most, as for a table.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (SETUP_LOCK_ID,))
        made = read_schema_version() is None
        if made:
            _check_is_empty(cursor)
            if not new:
                raise StoreError(no_store_problem(database_name()))
        migrate()
        for table in read_model_tables():
            _shape(cursor, table.name, table.columns, table.bytes_columns)
        cursor.execute(f"COMMENT ON TABLE {_MARKED} IS 'kuule store {SCHEMA_VERSION:d}'")
    return made


def check_database_is_ours() -> None:
    """Raise StoreError STORE_010 (another program's database), STORE_011 (made by a newer Kuule), or STORE_022 (it is
    empty)."""
    if read_schema_version() is None:
        with connection.cursor() as cursor:
            _check_is_empty(cursor)
        raise StoreError(Problem(NO_TABLES[0], database_name(), *NO_TABLES[1:]))


def read_schema_version() -> int | None:
    """The version of the tables; None if there are none of ours. Raises StoreError STORE_011."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMENT, (_MARKED,))
        row = cursor.fetchone()
    mark = _MARK.fullmatch(row[0]) if row else None
    if mark is None:
        return None
    if int(mark[1]) > SCHEMA_VERSION:
        cause = f"its tables are of version {mark[1]}, and this Kuule knows up to {SCHEMA_VERSION}"
        raise StoreError(
            Problem("STORE_011", database_name(), cause, "use the version of Kuule that made it, or a newer one")
        )
    return int(mark[1])


def _check_is_empty(cursor: Any) -> None:
    cursor.execute(_FOREIGN)
    found = cursor.fetchone()
    if found is not None:
        cause = f"this is a database of something else ({found[0]} is in it)"
        raise StoreError(
            Problem("STORE_010", database_name(), cause, "give a database of its own; this one is left as it is")
        )


def _shape(cursor: Any, table: str, columns: tuple[str, ...], bytes_columns: tuple[str, ...]) -> None:
    """Set storage options: no compression, which does nothing for ciphertext, and no statistics, whose samples of rows
    would outlive the rows."""
    changes = [f"ALTER COLUMN {column} SET STATISTICS 0" for column in columns]
    changes += [f"ALTER COLUMN {column} SET STORAGE EXTERNAL" for column in bytes_columns]
    cursor.execute(f"ALTER TABLE {table} {', '.join(changes)}")
