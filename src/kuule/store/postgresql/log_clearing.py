"""Has the servers discard their log of writes once the tables are rewritten: it has every row, one after the other,
with the time of each commit (decision 0010).

In a cluster each member has a log of its own and, where a member is away, the others keep theirs for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from django.db import ProgrammingError, connection
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import Problem
from kuule.store.location.database_name import database_name, is_cluster
from kuule.store.postgresql.cluster import ClusterMember, MemberConnection, member_problem, reach_other_members

_UNPERMITTED = "42501"
_RIGHTS = (
    "SELECT coalesce(bool_or(pg_has_role(oid, 'USAGE')), false)"
    " AND has_function_privilege('pg_switch_wal()', 'EXECUTE') FROM pg_roles WHERE rolname = 'pg_checkpoint'"
)
_KEPT = (
    "SELECT ceil(pg_size_bytes(current_setting('wal_keep_size'))::numeric"
    " / pg_size_bytes(current_setting('wal_segment_size')))"
)
MEMBER_SECONDS = 20.0
"""How long a member is given to follow up to the end of a rewriting, and its slots to do so."""
_LOOK_SECONDS = 0.25
_END = "SELECT pg_current_wal_flush_lsn()::text"
_FOLLOWED_TO = "SELECT coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, true)"
_HELD_BACK = (
    "SELECT coalesce(string_agg(slot_name::text, ', '), '') FROM pg_replication_slots"
    " WHERE restart_lsn < %s::pg_lsn AND wal_status IS DISTINCT FROM 'lost'"
)
_AWAY_REMEDY = (
    "bring it back, or take it out of the cluster and destroy its files: until then it keeps what it had when it left"
)


def clear_log() -> tuple[Problem, ...]:
    """Begin a new file of the log and make a checkpoint, after which no earlier file is needed; on every member.

    Returns what could not be done: STORE_024 if this user may not tell the server to, STORE_042 for each member that
    did not answer or did not follow, and for each slot that holds a log back.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            for _ in range(1 + _files_kept(cursor)):
                # Without a word in it a new file would not be followed by another.
                cursor.execute("SELECT pg_logical_emit_message(false, 'kuule', '')")
                cursor.execute("SELECT pg_switch_wal()")
            late = _late_members() if is_cluster() else frozenset()
            cursor.execute("CHECKPOINT")
        return tuple(_clear_members(late)) if is_cluster() else ()
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != _UNPERMITTED:
            raise
        return (_unpermitted(),)
    finally:
        connection.close()


def _files_kept(cursor: CursorWrapper) -> int:
    """How many files of the log the server keeps whatever is in them."""
    cursor.execute(_KEPT)
    return int(cursor.fetchone()[0])


def log_problems() -> tuple[Problem, ...]:
    """STORE_024 if this user may not tell the server to begin a new log, found out before anything is rewritten."""
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
        may = cursor.fetchone()[0]
    return () if may else (_unpermitted(),)


def end_of_log() -> str:
    """Where the last record ends that is on the disk of the server that takes writes: a `pg_lsn` as text.

    Not where the next record is to begin (`pg_current_wal_insert_lsn`). Where a record ends with a page, that is behind
    the head of the next page, and no member gets there before something else is written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_END)
        return str(cursor.fetchone()[0])


def _late_members() -> frozenset[ClusterMember]:
    """Those that answer and have not followed after all of them together had `MEMBER_SECONDS`. A member without a slot
    that lacks what a checkpoint discards can never follow again."""
    import psycopg  # optional: the driver is in an extra

    end, until, late = end_of_log(), time.monotonic() + MEMBER_SECONDS, set()
    for member, reached in reach_other_members():
        # It may end while it is waited for: then it is one that does not answer.
        with suppress(psycopg.OperationalError):
            if reached is not None and not _wait_until(partial(_has_followed, reached, end), until):
                late.add(member)
    return frozenset(late)


def _has_followed(reached: MemberConnection, end: str) -> bool:
    return bool(reached.ask(_FOLLOWED_TO, end)[0][0])


def _clear_members(late: frozenset[ClusterMember]) -> Iterator[Problem]:
    end = end_of_log()
    for member, reached in reach_other_members():
        yield from _clear_member(member, reached, end, 0 if member in late else MEMBER_SECONDS)
    # The members have confirmed by now what they follow by, so that this server needs no earlier file for them.
    held_back = _wait_for_slots(_ask_here, end)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    if held_back:
        yield Problem("STORE_042", database_name(), *_holding(held_back))


def _clear_member(
    member: ClusterMember, reached: MemberConnection | None, end: str, seconds: float
) -> tuple[Problem, ...]:
    """Have it discard its log once it has followed, for which it has so many seconds."""
    import psycopg  # optional: the driver is in an extra

    away = member_problem(
        "STORE_042", member, "the tables are rewritten, but this member does not answer", _AWAY_REMEDY
    )
    if reached is None:
        return (away,)
    try:
        if not _wait_until(partial(_has_followed, reached, end), time.monotonic() + seconds):
            cause = "the tables are rewritten, but this member has not followed so far"
            return (member_problem("STORE_042", member, cause, "look at why it is behind (patronictl list)"),)
        held_back = _wait_for_slots(lambda query, value: str(reached.ask(query, value)[0][0]), end)
        reached.ask("SET statement_timeout = 0")
        reached.ask("CHECKPOINT")
    except psycopg.OperationalError:  # it ended meanwhile
        return (away,)
    return (member_problem("STORE_042", member, *_holding(held_back)),) if held_back else ()


def _wait_for_slots(ask: Callable[[str, str], str], end: str) -> str:
    """The slots that hold the log back, after they were given time to follow; "" if there are none."""
    _wait_until(lambda: not ask(_HELD_BACK, end), time.monotonic() + MEMBER_SECONDS)
    return ask(_HELD_BACK, end)


def _ask_here(query: str, value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query, (value,))
        return str(cursor.fetchone()[0])


def _wait_until(done: Callable[[], bool], until: float) -> bool:
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


def _holding(slots: str) -> tuple[str, str]:
    cause = f"the tables are rewritten, but its log is kept for a replica that is away ({slots})"
    return cause, "bring the replica back, or drop the slot (Patroni does after member_slots_ttl)"


def _unpermitted() -> Problem:
    cause = "the tables are rewritten, but the server's log still tells when answers came"
    remedy = "GRANT pg_checkpoint, and EXECUTE ON FUNCTION pg_switch_wal, to this user"
    return Problem("STORE_024", database_name(), cause, remedy)
