"""The settings of a server, or of every member of a cluster, that would break a promise: lose what was confirmed, or
keep order or time longer than is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import connection

from kuule.core.problems import Problem, StoreError
from kuule.store.location.database_name import database_name, is_cluster
from kuule.store.postgresql.cluster import (
    ClusterMember,
    MemberConnection,
    all_members,
    member_problem,
    reach_other_members,
)

_OFF = ("off",)
_SAFE = {"fsync": ("on",), "full_page_writes": ("on",)}
_QUIET = {
    "track_commit_timestamp": _OFF,
    "log_statement": ("none", "ddl"),
    "log_duration": _OFF,
    # Not even slow statements: the log would have their times and, by default, their values.
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_statement_stats": _OFF,
    "log_parser_stats": _OFF,
    "log_planner_stats": _OFF,
    "log_executor_stats": _OFF,
    # How much was written between two checkpoints, and since 15 by default; a list of words in 18.
    "log_checkpoints": _OFF,
    "log_connections": ("off", ""),
    "log_disconnections": _OFF,
    "log_lock_waits": _OFF,
    "log_replication_commands": _OFF,
}
_FORGETTING = {
    "archive_mode": _OFF,
    "wal_keep_size": ("0",),
    # An old file of the log under a new name keeps its content until it is written over.
    "wal_recycle": _OFF,
    # Which blocks changed, for ten days by default.
    "summarize_wal": _OFF,
    "recovery_min_apply_delay": ("0",),
}
HARMLESS = (
    ("lose answers when the power fails", _SAFE),
    ("note when answers came", _QUIET),
    ("keep the order in which answers came after the tables are rewritten", _FORGETTING),
)
"""For each setting: what a wrong value would do, and the values that are allowed."""
KEPT_BY_PATRONI = {"wal_keep_size": ("0", "16")}
"""What members of a cluster may be set to besides. Patroni takes no less than 16 MB, and a rewriting ends with as much
of the log that has nothing in it (`log_clearing`)."""
_NAMES = [name for _, settings in HARMLESS for name in settings]
_SETTINGS = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
_FOLLOWED = "SELECT (SELECT count(*) FROM pg_replication_slots) + (SELECT count(*) FROM pg_stat_replication)"
_REPLICATION = (
    "SELECT current_setting('synchronous_standby_names'), current_setting('max_slot_wal_keep_size'),"
    " (SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'logical'),"
    " (SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT temporary)"
)
_WHICH = "SELECT (SELECT system_identifier FROM pg_control_system()), pg_is_in_recovery()"
_REMEDY = "set it on the server as deploy/postgresql/kuule.conf does"
_CLUSTER_REMEDY = "set it as deploy/cluster/patroni.yml does"

ProblemOf = Callable[[str, str, str], Problem]


def check_server_settings() -> None:
    """Raise StoreError with a problem for each setting that would break a promise, as far as this user can see them:
    STORE_023 (answers would be lost, or order or time kept), STORE_040 (a failover would lose answers).

    Of a cluster every member is looked at that answers at the moment. One that does not is no reason to stay closed: it
    is named by each rewriting (`log_clearing`).
    """
    problems = list(_cluster_problems() if is_cluster() else _single_problems())
    if problems:
        raise StoreError(*problems)


def _single_problems() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS, (_NAMES,))
        yield from _setting_problems(dict(cursor.fetchall()), _problem_here, _REMEDY)
        cursor.execute(_FOLLOWED)
        followed = cursor.fetchone()[0]
    if followed:
        cause = "a replica, or a slot for one, keeps the order in which answers came"
        remedy = "end the replica, and drop its slot (pg_drop_replication_slot); of a cluster, name every member"
        yield _problem_here("STORE_023", cause, remedy)


def _setting_problems(found: Mapping[str, str], problem: ProblemOf, remedy: str) -> Iterator[Problem]:
    more = KEPT_BY_PATRONI if is_cluster() else {}
    for harm, settings in HARMLESS:
        for name, values in settings.items():
            if found.get(name, values[0]) not in more.get(name, values):
                yield problem("STORE_023", f"{name}={found[name]} would {harm}", remedy)


def _cluster_problems() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS, (_NAMES,))
        yield from _setting_problems(dict(cursor.fetchall()), _problem_here, _CLUSTER_REMEDY)
        cursor.execute(_REPLICATION)
        yield from _replication_problems(*cursor.fetchone())
        cursor.execute(_WHICH)
        system = cursor.fetchone()[0]
    for member, reached in reach_other_members():
        if reached is not None:
            yield from _member_problems(member, reached, system)


def _replication_problems(sync: str, kept: str, logical: int, slots: int) -> Iterator[Problem]:
    if not sync:
        cause = "its replicas follow without confirming: a failover would lose answers for which people were thanked"
        remedy = "synchronous_mode: true and synchronous_mode_strict: true, as deploy/cluster/patroni.yml has them"
        yield _problem_here("STORE_040", cause, remedy)
    if kept == "-1":
        cause = "max_slot_wal_keep_size=-1 would keep the order in which answers came for as long as a replica is away"
        yield _problem_here("STORE_023", cause, _CLUSTER_REMEDY)
    if logical or slots >= len(all_members()):
        cause = "a slot keeps the order in which answers came for something that is no member of this cluster"
        yield _problem_here("STORE_023", cause, "name every member in the address, and drop other slots")


def _member_problems(member: ClusterMember, reached: MemberConnection, system: Any) -> Iterator[Problem]:
    def problem(code: str, cause: str, remedy: str) -> Problem:
        return member_problem(code, member, cause, remedy)

    yield from _setting_problems(dict(reached.ask(_SETTINGS, _NAMES)), problem, _CLUSTER_REMEDY)
    ((its_system, follows),) = reached.ask(_WHICH)
    if its_system != system:
        yield problem("STORE_040", "this is no member of the same cluster", "name only members of one cluster")
    elif not follows:
        cause = "it takes writes while another member does so as well"
        yield problem("STORE_040", cause, "stop the one that Patroni does not call the leader (patronictl list)")


def _problem_here(code: str, cause: str, remedy: str) -> Problem:
    return Problem(code, database_name(), cause, remedy)
