"""Clusters that would lose what was confirmed, or keep order and time, are refused with every reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kuule.core.problems import Problem, StoreError
from kuule.store.database import close_connections, configure, prepare_store
from tests.patience import wait_until
from tests.store.cluster import Cluster
from tests.store.server import Server, running_server
from tests.store.test_database import code_of_prepare

pytestmark = pytest.mark.slow


def problems_of_prepare() -> tuple[Problem, ...]:
    with pytest.raises(StoreError) as raised:
        prepare_store()
    return raised.value.problems


@contextmanager
def set_to(server: Server, **settings: str) -> Iterator[None]:
    """The server with other settings meanwhile."""
    for name, value in settings.items():
        server.ask(f"ALTER SYSTEM SET {name} = '{value}'")
    _reload(server)
    try:
        yield
    finally:
        for name in settings:
            server.ask(f"ALTER SYSTEM RESET {name}")
        _reload(server)


def _reload(server: Server) -> None:
    (before,) = server.ask("SELECT pg_conf_load_time()")[0]
    server.ask("SELECT pg_reload_conf()")
    wait_until(lambda: server.ask("SELECT pg_conf_load_time()")[0][0] > before)


def test_cluster_as_it_should_be_is_taken(cluster: Cluster) -> None:
    assert prepare_store() is False


def test_replicas_that_confirm_nothing_are_refused(cluster: Cluster) -> None:
    taker = cluster.members[0]
    taker.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
    _reload(taker)
    try:
        (problem,) = problems_of_prepare()
    finally:
        taker.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        _reload(taker)
    assert problem.code == "STORE_040"
    assert "a failover would lose answers" in problem.cause


def test_settings_of_each_member_are_looked_at(cluster: Cluster) -> None:
    _, second, third = cluster.members
    with set_to(second, log_duration="on", log_statement="mod"), set_to(third, log_replication_commands="on"):
        found = [(problem.place, problem.code, problem.cause.split("=")[0]) for problem in problems_of_prepare()]
    assert found == [
        (f"postgresql:///postgres?host={second.folder}", "STORE_023", "log_statement"),
        (f"postgresql:///postgres?host={second.folder}", "STORE_023", "log_duration"),
        (f"postgresql:///postgres?host={third.folder}", "STORE_023", "log_replication_commands"),
    ]


def test_slot_of_something_that_is_no_member_is_refused(cluster: Cluster) -> None:
    taker = cluster.members[0]
    slots = ("one", "two", "archive")
    for slot in slots[:2]:
        taker.ask("SELECT pg_create_physical_replication_slot(%s)", values=(slot,))
    try:
        assert prepare_store() is False, "one for each of the two that follow"
        taker.ask("SELECT pg_create_physical_replication_slot(%s)", values=(slots[2],))
        (problem,) = problems_of_prepare()
    finally:
        taker.ask("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")
    assert problem.cause == (
        "a slot keeps the order in which answers came for something that is no member of this cluster"
    )


def test_member_that_does_not_answer_keeps_nobody_closed(cluster: Cluster) -> None:
    third = cluster.members[2]
    third.stop()
    try:
        assert prepare_store() is False
    finally:
        third.start()
        cluster.wait_for_replicas(2)


def test_cluster_of_which_one_member_alone_is_named_is_refused(cluster: Cluster) -> None:
    configure(cluster.members[0].url("postgres"))
    assert code_of_prepare() == "STORE_023"


def test_server_of_another_cluster_is_refused(cluster: Cluster) -> None:
    with running_server(of_its_own=True) as stranger:
        hosts = f"{cluster.members[0].folder},{stranger.folder}"
        configure(f"postgresql://postgres@/postgres?host={hosts}")
        found = problems_of_prepare()
        close_connections()
    assert found[-1].place == f"postgresql:///postgres?host={stranger.folder}"
    assert (found[-1].code, found[-1].cause) == ("STORE_040", "this is no member of the same cluster")


def test_single_server_that_would_note_or_keep_it_is_refused_with_every_reason() -> None:
    wrong = {
        "log_checkpoints": "on", "log_connections": "on", "log_disconnections": "on", "log_lock_waits": "on",
        "log_replication_commands": "on", "wal_recycle": "on", "summarize_wal": "on",
    }  # fmt: skip
    with running_server({"wal_level": "replica", **wrong}) as server:
        configure(server.url("postgres"))
        with pytest.raises(StoreError) as raised:
            prepare_store(new=True)
        close_connections()
    assert [problem.cause.split("=")[0] for problem in raised.value.problems] == list(wrong)
