"""Nobody is thanked in a cluster before a replica has it, whatever PostgreSQL itself says of the commit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random

import psycopg
import pytest

from kuule.store.rows.responses import SubmissionResult, save_response
from kuule.store.transactions import writer
from tests.patience import PATIENCE, wait_until
from tests.sealing.rows import rows
from tests.store.cluster import Cluster
from tests.store.files import random_rows
from tests.store.rows.test_responses import code_of_keep

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"

pytestmark = pytest.mark.slow


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends is told after a second."""
    monkeypatch.setattr(writer, "CONFIRM_SECONDS", 1.0)


def at_its_commit(cluster: Cluster, send: Callable[[], object], then: str) -> Future[object]:
    """`send` in a thread, and a statement of somebody else once its commit waits for a replica."""
    pool = ThreadPoolExecutor(1)
    sent = pool.submit(send)
    pool.shutdown(wait=False)
    taker = cluster.members[0]
    wait_until(lambda: len(taker.ask(WAITING)) == 1)
    taker.ask(then.format(pid=taker.ask(WAITING)[0][0]))
    return sent


def kept_on(cluster: Cluster, row_id: int) -> list[int]:
    """How often the row is on each member."""
    query = "SELECT count(*) FROM store_response WHERE row_id = %s"
    return [member.ask(query, values=(row_id,))[0][0] for member in cluster.members]


def test_what_is_thanked_for_is_on_a_replica(cluster: Cluster) -> None:
    row = random_rows(1, Random(1))[0]
    assert save_response(row) is SubmissionResult.NEW
    taker = cluster.members[0]
    (((flushed,),), ((written,),)) = (
        taker.ask("SELECT max(flush_lsn) FROM pg_stat_replication WHERE sync_state = 'sync'"),
        taker.ask("SELECT pg_current_wal_flush_lsn()"),
    )
    assert flushed == written
    wait_until(lambda: kept_on(cluster, row.row_id) == [1, 1, 1])


def test_no_confirmation_is_told_in_time_and_over_when_it_is_over(cluster: Cluster, impatient: None) -> None:
    row = random_rows(1, Random(2))[0]
    with cluster.frozen():
        assert code_of_keep(row) == "STORE_041"
        assert kept_on(cluster, row.row_id) == [0, 0, 0], "nobody sees it before it is confirmed"
    wait_until(lambda: kept_on(cluster, row.row_id) == [1, 1, 1])
    assert save_response(row) is SubmissionResult.ALREADY


def test_server_itself_confirms_a_commit_whose_wait_was_cancelled(cluster: Cluster) -> None:
    """Why its word is not enough."""
    where = f"host={cluster.members[0].folder} user=postgres"
    with cluster.frozen(), psycopg.connect(where, autocommit=True) as line:
        said = at_its_commit(cluster, lambda: line.execute("CREATE TABLE told ()"), "SELECT pg_cancel_backend({pid})")
        assert said.result(PATIENCE) is not None
    cluster.members[0].ask("DROP TABLE told")


@pytest.mark.parametrize("way", ["pg_cancel_backend({pid})", "pg_terminate_backend({pid})"])
def test_wait_that_is_broken_off_thanks_nobody_also_not_the_next_time(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The row is on one disk and everybody sees it, so that a second commit has nothing to write: it waits as well."""
    monkeypatch.setattr(writer, "CONFIRM_SECONDS", 3.0)
    row = random_rows(1, Random(len(way)))[0]
    with cluster.frozen():
        sent = at_its_commit(cluster, lambda: code_of_keep(row), f"SELECT {way}")
        assert sent.result(PATIENCE) == "STORE_041"
        assert kept_on(cluster, row.row_id) == [1, 0, 0]
        writer.close_writer()
        # The second commit waits as well, and holds the lock on this id meanwhile.
        assert code_of_keep(row) in ("STORE_003", "STORE_041")
    assert save_response(row) is SubmissionResult.ALREADY
    wait_until(lambda: kept_on(cluster, row.row_id) == [1, 1, 1])


def test_replicas_that_are_struck_off_while_it_waits_thank_nobody(cluster: Cluster, impatient: None) -> None:
    """As Patroni does without its strict mode when no replica is left."""
    row, taker = random_rows(1, Random(3))[0], cluster.members[0]
    try:
        with cluster.frozen():
            strike = "ALTER SYSTEM SET synchronous_standby_names = ''"
            sent = at_its_commit(cluster, lambda: code_of_keep(row), strike)
            taker.ask("SELECT pg_reload_conf()")
            assert sent.result(PATIENCE) == "STORE_041"
            assert code_of_keep(rows(1)[0]) == "STORE_041"
    finally:
        taker.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        taker.ask("SELECT pg_reload_conf()")
    cluster.wait_for_replicas(2)
    assert save_response(row) is SubmissionResult.ALREADY


def test_where_no_replica_is_left_nothing_is_begun(cluster: Cluster, impatient: None) -> None:
    """A commit that cannot be confirmed would wait on the server for ever, and take one of its connections."""
    taker = cluster.members[0]
    for member in cluster.members[1:]:
        member.stop()
    try:
        wait_until(lambda: taker.ask("SELECT count(*) FROM pg_stat_replication") == [(0,)])
        assert code_of_keep(random_rows(1, Random(4))[0]) == "STORE_041"
        assert taker.ask(WAITING) == []
    finally:
        for member in cluster.members[1:]:
            member.start()
    cluster.wait_for_replicas(2)
    assert save_response(random_rows(1, Random(4))[0]) is SubmissionResult.NEW
