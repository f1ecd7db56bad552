"""A commit in a cluster: it counts only if a synchronous replica has it, and it does not wait for ever.

PostgreSQL itself confirms more than that. A commit that wrote nothing waits for nobody, so who finds their own answer
after a crash would be thanked for what stands on one disk alone. A wait that was cancelled ends with a warning and
"COMMIT", and so does one whose replica was struck off the settings meanwhile. And a wait for a replica that is gone has
no end: no time-out of the server reaches it.
"""

from __future__ import annotations

import select
import time
from typing import Any

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kuule.store.failures.postgresql_sqlstates import UNCONFIRMED_STATE

CONFIRM_SECONDS = 10.0
"""How long whoever sends waits for a failover, a replica or both, before they are told that nothing was kept."""
_LEAST_SECONDS = 1.0
_BEFORE = (
    # The message makes every transaction one that has written, and so one that waits.
    "SELECT current_setting('synchronous_standby_names') <> '' AND EXISTS (SELECT FROM pg_stat_replication),"
    " pg_logical_emit_message(true, 'kuule', '')"
)
_FOLLOWED = "SELECT current_setting('synchronous_standby_names') <> '' AND EXISTS (SELECT FROM pg_stat_replication)"
_AFTER = "SELECT current_setting('synchronous_standby_names') <> ''"


class UnconfirmedCommit(Exception):
    """No replica confirmed it. Takes the place of psycopg's error."""

    sqlstate = UNCONFIRMED_STATE


def commit_on_a_replica(wrapper: BaseDatabaseWrapper, cursor: CursorWrapper, *, until: float) -> None:
    """Commit, and return once a synchronous replica has it on its disk. Raises OperationalError if none said so until
    then (`time.monotonic`); whether it was kept is open in that case.
    """
    cursor.execute(_BEFORE)
    if not cursor.fetchone()[0]:
        raise _unconfirmed("no replica is there to confirm it")
    warnings: list[Any] = []
    warn = warnings.append
    line: Any = wrapper.connection
    line.add_notice_handler(warn)
    try:
        with wrapper.wrap_database_errors:
            _commit(line.pgconn, max(_LEAST_SECONDS, until - time.monotonic()))
    finally:
        line.remove_notice_handler(warn)
    if warnings:
        raise _unconfirmed("its wait for a replica was cancelled")
    cursor.execute(_AFTER)
    if not cursor.fetchone()[0]:
        raise _unconfirmed("replicas were struck off meanwhile")


def check_replica_is_there() -> None:
    """Raise OperationalError if no replica is there to confirm a commit, which would then wait without end."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED)
        if not cursor.fetchone()[0]:
            raise _unconfirmed("no replica is there to confirm it")


def _commit(low: Any, seconds: float) -> None:
    """Send COMMIT over libpq's connection and wait for its result, as long as given: psycopg's own wait has no end."""
    until = time.monotonic() + seconds
    low.send_query(b"COMMIT")
    results = []
    while True:
        while low.is_busy():
            _await_input(low.socket, until)
            low.consume_input()
        result = low.get_result()
        if result is None:
            break
        results.append(result)
    if not results or results[-1].command_status != b"COMMIT":
        raise _unconfirmed("it was rolled back")


def _await_input(socket: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
        raise _unconfirmed("no replica confirmed it in time")


def _unconfirmed(words: str) -> OperationalError:
    error = OperationalError(words)
    error.__cause__ = UnconfirmedCommit(words)
    return error
