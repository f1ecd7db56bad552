"""Rewrites the tables on a PostgreSQL server in the order of their random keys (decision 0010).

Neither VACUUM FULL nor CLUSTER is enough: the first keeps the order of rows, and both keep the transaction number of
each row and the numbers of the values that are stored separately (TOAST). All three reveal the order of arrival.
"""

from __future__ import annotations

from typing import Any

from django.db import ProgrammingError, connection, transaction

from kuule.core.problems import Problem
from kuule.store.location.database_name import database_name
from kuule.store.postgresql.model_tables import ModelTable, read_model_tables

_COPY = "kuule_rewriting"
_UNPERMITTED = "42501"
_RIGHTS = (
    "SELECT coalesce(bool_or(pg_has_role(oid, 'USAGE')), false)"
    " AND has_function_privilege('pg_switch_wal()', 'EXECUTE') FROM pg_roles WHERE rolname = 'pg_checkpoint'"
)


def rewrite_tables() -> tuple[Problem, ...]:
    """Write each table anew, then let the server discard its log up to this point.

    Returns what could not be done: STORE_024 if this user may not tell the server to begin a new log.
    """
    for table in read_model_tables():
        with transaction.atomic(), connection.cursor() as cursor:
            _rewrite(cursor, table)
    return _forget_log()


def log_problems() -> tuple[Problem, ...]:
    """STORE_024 if this user may not tell the server to begin a new log, found out before anything is rewritten."""
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
        may = cursor.fetchone()[0]
    return () if may else (_unreached(),)


def _rewrite(cursor: Any, table: ModelTable) -> None:
    """Copy a table to a temporary one and back, so that its name, permissions and indexes stay the same.

    Emptying gives the table new files. One transaction fills them, so that all rows have the same number, and values
    that are stored separately get theirs in the order of the keys. Writers wait for the lock.
    """
    columns = ", ".join(table.columns)
    cursor.execute(f"LOCK TABLE {table.name} IN ACCESS EXCLUSIVE MODE")
    cursor.execute("SET LOCAL statement_timeout = 0")
    # Read by the index: a sort would write the rows to temporary files in the order of arrival.
    for plan in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
        cursor.execute(f"SET LOCAL {plan} = off")
    cursor.execute(f"CREATE TEMPORARY TABLE {_COPY} (LIKE {table.name} INCLUDING STORAGE) ON COMMIT DROP")
    cursor.execute(f"INSERT INTO {_COPY} ({columns}) SELECT {columns} FROM {table.name} ORDER BY {table.key}")  # noqa: S608 -- names of the models
    cursor.execute(f"TRUNCATE {table.name}")
    cursor.execute("SET LOCAL enable_sort = on")
    cursor.execute(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {_COPY} ORDER BY {table.key}")  # noqa: S608 -- names of the models
    cursor.execute(f"DROP TABLE {_COPY}")


def _forget_log() -> tuple[Problem, ...]:
    """Begin a new file of the log and make a checkpoint, after which the server needs no earlier file."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_switch_wal()")
            cursor.execute("CHECKPOINT")
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != _UNPERMITTED:
            raise
        return (_unreached(),)
    finally:
        connection.close()
    return ()


def _unreached() -> Problem:
    cause = "the tables are rewritten, but the server's log still tells when answers came"
    remedy = "GRANT pg_checkpoint, and EXECUTE ON FUNCTION pg_switch_wal, to this user"
    return Problem("STORE_024", database_name(), cause, remedy)
