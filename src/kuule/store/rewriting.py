"""Rewriting the database, so that it tells neither the order in which rows came nor what was deleted."""

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
from kuule.store.postgresql.server_setup import check_database_is_ours as check_is_prepared
from kuule.store.postgresql.table_rewriting import log_problems, rewrite_tables
from kuule.store.rows.drafts import delete_expired_drafts, week_number
from kuule.store.sqlite.file_lock import lock_database_folder
from kuule.store.transactions.writer import close_writer

REWRITE_INTERVAL = 24 * 3600.0
"""Seconds between rewritings of a collector that keeps running."""
_AGAIN = 3600.0
"""Seconds until the next attempt, where one could not be made."""
fork_lock = threading.RLock()
"""Held while the store is rewritten and told of, and while this process is forked. A worker that dies is replaced by a
fork, and whatever lock another thread held at that moment (SQLite's, Django's, of a stream) would stay locked in it."""
os.register_at_fork(before=fork_lock.acquire, after_in_parent=fork_lock.release, after_in_child=fork_lock.release)


def rewrite_store() -> tuple[Problem, ...]:
    """Write everything anew in the order of the random row ids; what holds no rows goes. Raises StoreError.

    Drafts whose last week is over are deleted first, so that nothing of them is left in what is written.

    SQLite needs as much free room again as the file has, for as long as it takes, PostgreSQL twice as much; on a full
    disk all stays as it was. Called before each archive, when a collector starts and stops, and daily. Returns what
    was rewritten but still stands elsewhere for a while (STORE_024).
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
    """Raises StoreError STORE_024 where a rewriting leaves order and times in a server's log that it may not end."""
    with raise_store_errors(database_name()):
        left = () if connection.vendor == "sqlite" else log_problems()
    if left:
        raise StoreError(*left)


def _this_week() -> int:
    return week_number(datetime.now(UTC).date())


def rewrite_daily(
    *,
    clock: Callable[[], float],
    wait: Callable[[float], bool],
    unable: Callable[[StoreError], None],
    done: Callable[[], None] = lambda: None,
    soon: bool = False,
) -> None:
    """Rewrite daily until told to stop. Made for a thread of its own.

    `clock` gives seconds that only grow (`time.monotonic`); `wait` waits so many seconds and is true when it is time to
    stop (`threading.Event().wait`); `unable` hears of a rewriting that could not be made; it is tried again in an hour;
    `done` of one that was. `soon`: the one before this could not be made, so the first is due in an hour as well.
    """
    due = clock() + (_AGAIN if soon else REWRITE_INTERVAL)
    while not wait(max(0.0, due - clock())):
        if clock() < due:
            continue
        with fork_lock:
            try:
                left = rewrite_store()
                done()
                if left:
                    unable(StoreError(*left))
            except StoreError as error:
                unable(error)
                due = clock() + _AGAIN
            else:
                due = clock() + REWRITE_INTERVAL
            finally:
                close_writer()  # what deletes drafts; a worker that is replaced is forked from this process
                connection.close()
