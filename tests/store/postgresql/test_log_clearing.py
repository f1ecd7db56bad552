"""What members of a cluster keep of order and time: read from their files, as whoever stole one of the disks would."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from random import Random
from types import SimpleNamespace

import pytest

from kuule.sealing.envelope import SealedResponse
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.postgresql import log_clearing
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import SubmissionResult, read_responses, save_response
from tests.patience import PATIENCE, wait_until
from tests.store import conftest
from tests.store.cluster import Cluster, running_cluster
from tests.store.files import any_of, python, random_rows, rank_correlation, written_in
from tests.store.postgresql.test_table_rewriting import (
    EDITION,
    LOOKS,
    REWRITING,
    by_place_in_the_log,
)
from tests.store.server import Server
from tests.store.test_rewriting import CHANCE, FOUND

ARRIVED = 200
SEEDS = count(1000)
FIRST_FILE = "SELECT min(name) FROM pg_ls_waldir() WHERE length(name) = 24"
STREAMING = "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'"
RECEIVED = "SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'"
PAGE = 8192
"""Bytes of a page of the log."""

pytestmark = pytest.mark.slow


def at(member: Server) -> conftest.Kept:
    """A member as the looks want it: its files are read, and it is asked only which they are."""
    return conftest.Kept("postgresql", "", server=member, name="postgres")


def settled(cluster: Cluster) -> None:
    """Until all members have followed, and what they followed to is in their files."""
    (end,) = cluster.members[0].ask("SELECT pg_current_wal_flush_lsn()::text")[0]
    for member in cluster.members[1:]:
        wait_until(
            lambda member=member: member.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", values=(end,))[0][0]
        )
    for member in cluster.members:
        member.ask("CHECKPOINT")


@pytest.fixture
def arrived(cluster: Cluster) -> list[SealedResponse]:
    # Rows of no other test, of which copies may be in the log.
    rows = random_rows(ARRIVED, Random(next(SEEDS)))
    for row in rows:
        assert save_response(row) is SubmissionResult.NEW
    # A replica has only what was written to its files; what the one that takes writes holds in memory is there as well.
    settled(cluster)
    return rows


def test_each_member_tells_the_order_before_the_rewriting_and_none_after(
    cluster: Cluster, arrived: list[SealedResponse]
) -> None:
    for member in cluster.members:
        found = {look: rank_correlation(LOOKS[look](at(member), arrived, "store_response")) for look in LOOKS}
        assert min(found.values()) > FOUND, found
        assert rank_correlation(by_place_in_the_log(at(member), arrived, "")) > FOUND
    assert rewrite_store() == ()
    by_key = sorted(arrived, key=lambda row: row.row_id)
    for number, member in enumerate(cluster.members):
        assert set(by_place_in_the_log(at(member), arrived, "")) == {-1}, number
    settled(cluster)
    for member in cluster.members:
        for look in ("place", "number of the value", "place of the value"):
            found_places = LOOKS[look](at(member), by_key, "store_response")
            assert found_places == sorted(found_places), look
            assert abs(rank_correlation(LOOKS[look](at(member), arrived, "store_response"))) < CHANCE, look
        assert len(set(LOOKS["transaction"](at(member), arrived, "store_response"))) == 1


def test_deleted_rows_leave_no_bytes_on_any_member(cluster: Cluster, arrived: list[SealedResponse]) -> None:
    gone = arrived[:60:3]
    pieces = [row.envelope[at : at + 12] for row in gone for at in (64, 1500, 3900)]
    for row in gone:
        cluster.members[0].ask(f"DELETE FROM store_response WHERE row_id = {row.row_id}")
    settled(cluster)
    before = [len(left_in(member, pieces)) for member in cluster.members]
    assert before == [len(pieces)] * len(cluster.members), "the look finds nothing before"
    assert rewrite_store() == ()
    assert [left_in(member, pieces) for member in cluster.members] == [set()] * len(cluster.members)


def left_in(member: Server, pieces: list[bytes]) -> set[bytes]:
    """Which of the pieces stand in any file of the member."""
    sought, found = any_of(pieces), set()
    for file in member.folder.rglob("*"):
        if "programs" in file.parts or not file.is_file():
            continue
        with suppress(FileNotFoundError):  # the server goes on, and a file may be gone by now
            content = written_in(file)
            if sought.search(content):
                found.update(piece for piece in pieces if piece in content)
    return found


@contextmanager
def followed_by_slot(taker: Server, member: Server) -> Iterator[None]:
    """The member follows by a slot, which keeps the log for it, as those of Patroni do."""
    taker.ask("SELECT pg_create_physical_replication_slot('third', true)")
    member.ask("ALTER SYSTEM SET primary_slot_name = 'third'")
    member.ask("SELECT pg_reload_conf()")
    wait_until(lambda: taker.ask("SELECT active FROM pg_replication_slots") == [(True,)])
    try:
        yield
    finally:
        member.ask("ALTER SYSTEM RESET primary_slot_name")
        member.ask("SELECT pg_reload_conf()")
        wait_until(lambda: taker.ask("SELECT active FROM pg_replication_slots") == [(False,)])
        taker.ask("SELECT pg_drop_replication_slot('third')")


def test_member_that_is_away_is_named_with_what_is_kept_for_it(
    cluster: Cluster, arrived: list[SealedResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_clearing, "MEMBER_SECONDS", 1.0)
    taker, _, third = cluster.members
    with followed_by_slot(taker, third):
        later = random_rows(20, Random(32))
        for row in later[:10]:
            save_response(row)
        third.stop()
        for row in later[10:]:
            save_response(row)
        away, kept_for_it = rewrite_store()
        assert by_place_in_the_log(at(third), later[:10], "")[0] >= 0, "it has its old log"
        assert by_place_in_the_log(at(taker), later[10:], "")[0] >= 0, "so has the one that takes writes"
        third.start()
        cluster.wait_for_replicas(2)
        monkeypatch.setattr(log_clearing, "MEMBER_SECONDS", PATIENCE)
        assert rewrite_store() == ()
        for member in cluster.members:
            assert set(by_place_in_the_log(at(member), later, "")) == {-1}
    cluster.wait_for_replicas(2)
    assert (away.code, away.place) == ("STORE_042", f"postgresql:///postgres?host={third.folder}")
    assert (kept_for_it.code, "a replica that is away (third)" in kept_for_it.cause) == ("STORE_042", True)


def test_replica_that_lags_is_not_cut_off(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a slot the server keeps nothing for it: what it has not received, no checkpoint may discard."""
    monkeypatch.setattr(log_clearing, "MEMBER_SECONDS", PATIENCE)
    with ExitStack() as frozen:
        frozen.enter_context(cluster.frozen())
        more_than_a_line_holds = "SELECT pg_logical_emit_message(false, '', repeat('x', 4000000), true)"
        cluster.members[0].ask(more_than_a_line_holds)
        while_it_waits(monkeypatch, frozen.close)
        assert log_clearing.clear_log() == ()
    cluster.wait_for_replicas(2)


def while_it_waits(monkeypatch: pytest.MonkeyPatch, event: Callable[[], None]) -> None:
    """What happens while members are waited for, in place of each pause between two looks."""
    monkeypatch.setattr(log_clearing, "time", SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: event()))


def test_end_of_the_log_is_the_end_of_a_record(cluster: Cluster) -> None:
    """Also where the record ends with a page: the next one begins behind the head of the next page."""
    taker = cluster.members[0]
    message = "SELECT pg_logical_emit_message(false, '', repeat('x', %s), true) - '0/0'"
    filled = 0
    while filled < 3:
        (at,) = taker.ask(message, values=(1000,))[0]
        (after,) = taker.ask(message, values=(1000,))[0]
        left = -int(after) % PAGE - (int(after) - int(at) - 1000)
        if left > 0 and int(taker.ask(message, values=(left,))[0][0]) % PAGE == 0:
            filled += 1
            end = log_clearing.end_of_log()
            assert taker.ask("SELECT %s::pg_lsn <= pg_current_wal_flush_lsn()", values=(end,)) == [(True,)]


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """One that a test may end."""
    with running_cluster(2) as running:
        configure(running.url("&timeout=20"))
        prepare_store(new=True)
        yield running
        close_connections()


def test_rewriting_whose_server_is_killed_loses_nobody_and_is_done_again(
    own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the midst of a rewriting; a replica is promoted, and people go on sending. On a busy machine the other
    replica may need longer to follow than a machine waits for it."""
    monkeypatch.setattr(log_clearing, "MEMBER_SECONDS", PATIENCE)
    taker, *others = own_cluster.members
    chance = Random(5)
    rows = random_rows(240, chance, 12_000)
    for row in rows[:200]:
        save_response(row)
    process = python(REWRITING, own_cluster.url("&timeout=20"))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    copying = (
        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'store_response'::regclass"
    )
    wait_until(lambda: taker.ask(copying) == [(1,)])
    taker.stop(signal.SIGKILL)
    for member in others:
        wait_until(lambda member=member: member.ask(STREAMING) == [(0,)])
    # Who runs a cluster promotes the one that has most. Another that has more could not follow.
    third, second = sorted(others, key=lambda member: member.ask(RECEIVED)[0])
    second.ask("SELECT pg_promote()")
    own_cluster.wait_for_replicas(1, of=second)
    assert [save_response(row) for row in rows[200:]] == [SubmissionResult.NEW] * 40
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert {row.row_id for row in read_responses(EDITION)} == {row.row_id for row in rows}
    problems = rewrite_store()
    assert [(problem.code, problem.place) for problem in problems] == [
        ("STORE_042", f"postgresql:///postgres?host={taker.folder}")
    ], problems
    assert {row.row_id for row in read_responses(EDITION)} == {row.row_id for row in rows}
    assert second.ask("SELECT relname FROM pg_class WHERE relname LIKE 'kuule_rewriting%'") == []
    for member in (second, third):
        assert set(by_place_in_the_log(at(member), rows[200:], "")) == {-1}


def test_replica_that_ends_while_it_is_waited_for_is_one_that_does_not_answer(
    own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker, second, _ = own_cluster.members
    monkeypatch.setattr(log_clearing, "MEMBER_SECONDS", PATIENCE)
    with ExitStack() as frozen:
        frozen.enter_context(own_cluster.frozen())
        before = taker.ask(FIRST_FILE)

        def end() -> None:
            second.stop(signal.SIGKILL)
            frozen.close()

        while_it_waits(monkeypatch, end)
        (problem,) = log_clearing.clear_log()
    assert (problem.code, problem.place) == ("STORE_042", f"postgresql:///postgres?host={second.folder}")
    assert "does not answer" in problem.cause
    assert taker.ask(FIRST_FILE) > before, "the others' log is not discarded"
