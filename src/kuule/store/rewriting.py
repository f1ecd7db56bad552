"""Rewrites the database, so that it reveals neither the order in which rows came nor what was deleted."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.location.recognition import check_file_is_ours
from kuule.store.postgresql.log_clearing import log_problems
from kuule.store.postgresql.server_setup import check_database_is_ours as check_is_prepared
from kuule.store.postgresql.table_rewriting import rewrite_tables
from kuule.store.rows.drafts import delete_expired_drafts, week_number
from kuule.store.sqlite.file_lock import lock_database_folder
from kuule.store.transactions.writer import close_writer

REWRITE_INTERVAL = 24 * 3600.0
"""How many seconds pass between two rewritings while a collector runs."""
_AGAIN = 3600.0
"""How many seconds after a failure the next attempt follows."""
fork_lock = threading.RLock()
"""Held while the store is rewritten and the result reported, and while this process forks. A worker that died is
replaced by a fork, in which a lock that another thread held at that moment (of SQLite, Django or a stream) would stay
locked."""
os.register_at_fork(before=fork_lock.acquire, after_in_parent=fork_lock.release, after_in_child=fork_lock.release)


def rewrite_store() -> tuple[Problem, ...]:
    """Write all tables anew in the order of their random row ids, without what was deleted. Raises StoreError.

    Drafts whose last week is over are deleted first, so that nothing remains of them.

    Meanwhile SQLite needs free space of the size of the file, and PostgreSQL twice as much; if the disk is full,
    nothing is changed. This runs before each archive, when a collector starts and stops, and once a day. Returns
    problems for what was rewritten and still exists elsewhere for a while (STORE_024, STORE_042).
    """
    with fork_lock, raise_store_errors(database_name()):
        if connection.vendor != "sqlite":
            check_is_prepared()
            delete_expired_drafts(_this_week())
            return rewrite_tables()
        check_file_is_ours(Path(database_name()))
        delete_expired_drafts(_this_week())
        with lock_database_folder(connection.settings_dict), connection.cursor() as cursor:
            cursor.execute("VACUUM")
        return ()


def check_log_is_reached() -> None:
    """Raise StoreError STORE_024 unless a rewriting also clears the server's log, which has the order and the times of
    arrival."""
    with raise_store_errors(database_name()):
        remaining = () if connection.vendor == "sqlite" else log_problems()
    if remaining:
        raise StoreError(*remaining)


def _this_week() -> int:
    return week_number(datetime.now(UTC).date())


def rewrite_daily(
    *,
    clock: Callable[[], float],
    wait: Callable[[float], bool],
    on_failure: Callable[[StoreError], None],
    on_success: Callable[[], None] = lambda: None,
    retry_first: bool = False,
) -> None:
    """Rewrite the store once a day until told to stop. This is meant for a thread of its own.

    `clock` gives seconds that only grow (`time.monotonic`). `wait` waits for a number of seconds and returns True when
    it is time to stop (`threading.Event().wait`). `on_failure` is called with the error of a rewriting that failed and
    is tried again in an hour, `on_success` after one that succeeded. With `retry_first`, the last rewriting before this
    one failed, so that the first one also follows in an hour.
    """
    due = clock() + (_AGAIN if retry_first else REWRITE_INTERVAL)
    while not wait(max(0.0, due - clock())):
        if clock() < due:
            continue
        with fork_lock:
            try:
                remaining = rewrite_store()
                on_success()
                if remaining:
                    on_failure(StoreError(*remaining))
            except StoreError as error:
                on_failure(error)
                due = clock() + _AGAIN
            else:
                due = clock() + REWRITE_INTERVAL
            finally:
                close_writer()  # this deletes drafts; a worker that is replaced is forked from this process
                connection.close()
