"""Rewrites the tables on a PostgreSQL server in the order of their random keys (decision 0010).

Neither VACUUM FULL nor CLUSTER is enough: the first keeps the order of rows, and both keep the transaction number of
each row and the numbers of the values that are stored separately (TOAST). All three reveal the order of arrival.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from kuule.core.problems import Problem
from kuule.store.postgresql.log_clearing import clear_log
from kuule.store.postgresql.model_tables import ModelTable, read_model_tables

_COPY = "kuule_rewriting"


def rewrite_tables() -> tuple[Problem, ...]:
    """Write each table anew, then let the server discard its log up to this point.

    In a cluster the other members follow, and discard theirs. Returns what could not be done (`clear_log`).
    """
    for table in read_model_tables():
        with transaction.atomic(), connection.cursor() as cursor:
            _rewrite(cursor, table)
    return clear_log()


def _rewrite(cursor: Any, table: ModelTable) -> None:
    """Copy a table to a temporary one and back, so that its name, permissions and indexes stay the same.

    Emptying gives the table new files. One transaction fills them, so that all rows have the same number, and values
    that are stored separately get theirs in the order of the keys. Writers wait for the lock.
    """
    columns = ", ".join(table.columns)
    # The rows are on a replica already. To wait for one here would keep everybody out for as long as it is away.
    cursor.execute("SET LOCAL synchronous_commit = local")
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
