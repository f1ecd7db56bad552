"""What a thief of the server's disk learns after the rewriting: neither the order of arrival nor what was deleted.

Every look is tried twice: before the rewriting, or on a table as a framework would make it, it finds what it looks for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import psycopg
import pytest
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import StoreError
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.postgresql.connection_options import PREPARE_AFTER
from kuule.store.postgresql.model_tables import read_model_tables
from kuule.store.rewriting import REWRITE_INTERVAL, check_log_is_reached, rewrite_daily, rewrite_store
from kuule.store.rows.drafts import SealedDraft, delete_draft, save_draft
from kuule.store.rows.responses import SubmissionResult, read_responses, save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.rows.withdrawals import withdraw_response
from kuule.store.transactions.readers import read
from tests.patience import PATIENCE
from tests.store import conftest
from tests.store.files import any_of, python, random_rows, rank_correlation, written_in
from tests.store.postgresql.pages import key_of, tuples, value_number
from tests.store.server import Server
from tests.store.test_rewriting import CHANCE, FOUND, Clock

ARRIVED = 300
EDITION = "ab" * 32


def file_of(kept: conftest.Kept, table: str) -> Path:
    """Where a table stands, with all that the server has of it in memory written out."""
    assert kept.server is not None
    kept.server.ask("CHECKPOINT")
    ((path,),) = kept.ask(f"SELECT pg_relation_filepath('{table}')")
    return kept.server.data / str(path)


def toast_of(kept: conftest.Kept, table: str) -> str:
    ((name,),) = kept.ask(f"SELECT reltoastrelid::regclass::text FROM pg_class WHERE oid = '{table}'::regclass")
    return str(name)


def by_transaction(kept: conftest.Kept, rows: Sequence[SealedResponse], table: str) -> list[int]:
    found = {key_of(row): row.xmin for row in tuples(file_of(kept, table))}
    return [found[row.row_id] for row in rows]


def by_place(kept: conftest.Kept, rows: Sequence[SealedResponse], table: str) -> list[int]:
    found = {key_of(row): row.place for row in tuples(file_of(kept, table))}
    return [found[row.row_id] for row in rows]


def by_number_of_the_value(kept: conftest.Kept, rows: Sequence[SealedResponse], table: str) -> list[int]:
    pieces = tuples(file_of(kept, toast_of(kept, table)))
    found = {
        piece.content[12 + 60 : 12 + 90]: value_number(piece)[0] for piece in pieces if value_number(piece)[1] == 0
    }
    return [found[row.envelope[60:90]] for row in rows]


def by_place_of_the_value(kept: conftest.Kept, rows: Sequence[SealedResponse], table: str) -> list[int]:
    content = file_of(kept, toast_of(kept, table)).read_bytes()
    places = [content.find(row.envelope[60:90]) for row in rows]
    # a page is filled from its end
    return [at // 8192 * 8192 + (8191 - at % 8192) for at in places]


def by_place_in_the_log(kept: conftest.Kept, rows: Sequence[SealedResponse], table: str) -> list[int]:
    assert kept.server is not None
    files = sorted((kept.server.data / "pg_wal").glob("0*"))
    content = b"".join(written_in(file) for file in files)
    return [content.find(row.envelope[60:90]) for row in rows]


Look = Callable[[conftest.Kept, Sequence[SealedResponse], str], list[int]]
LOOKS: dict[str, Look] = {
    "transaction": by_transaction,
    "place": by_place,
    "number of the value": by_number_of_the_value,
    "place of the value": by_place_of_the_value,
}


@pytest.fixture
def arrived(postgresql: conftest.Kept) -> list[SealedResponse]:
    rows = random_rows(ARRIVED, Random(11))
    for row in rows:
        assert save_response(row) is SubmissionResult.NEW
    return rows


@pytest.mark.parametrize("look", LOOKS)
def test_look_finds_the_order_of_arrival_before_the_rewriting(
    postgresql: conftest.Kept, arrived: list[SealedResponse], look: str
) -> None:
    assert rank_correlation(LOOKS[look](postgresql, arrived, "store_response")) > FOUND


def test_no_look_finds_the_order_of_arrival_after_the_rewriting(
    postgresql: conftest.Kept, arrived: list[SealedResponse]
) -> None:
    assert rewrite_store() == ()
    by_key = sorted(arrived, key=lambda row: row.row_id)
    for look in ("place", "number of the value", "place of the value"):
        found = LOOKS[look](postgresql, by_key, "store_response")
        # stronger than a correlation: the place is a function of the set of keys and of nothing else
        assert found == sorted(found), look
        assert min(found) >= 0, look
        assert abs(rank_correlation(LOOKS[look](postgresql, arrived, "store_response"))) < CHANCE, look
    assert len(set(by_transaction(postgresql, arrived, "store_response"))) == 1
    assert sorted(read_responses(EDITION), key=lambda row: row.row_id) == by_key


@pytest.mark.parametrize("way", ["VACUUM (FULL, FREEZE)", "CLUSTER {} USING naive_pkey"])
def test_the_servers_own_ways_keep_the_order(postgresql: conftest.Kept, way: str) -> None:
    """Why the rewriting is ours: VACUUM FULL keeps the place, CLUSTER the numbers of transactions and values."""
    rows = random_rows(ARRIVED, Random(12))
    assert postgresql.server is not None
    postgresql.ask("CREATE TABLE naive (id bigint PRIMARY KEY, key_id bytea, envelope bytea)")
    for row in rows:
        postgresql.server.ask("INSERT INTO naive VALUES (%s, %s, %s)", postgresql.name, tuple_of(row))
    postgresql.ask("CHECKPOINT")
    postgresql.ask(way.format("naive") if "{}" in way else f"{way} naive")
    found = {look: rank_correlation(LOOKS[look](postgresql, rows, "naive")) for look in LOOKS}
    assert max(found.values()) > FOUND, found
    postgresql.ask("DROP TABLE naive")


def tuple_of(row: SealedResponse) -> tuple[int, bytes, bytes]:
    return row.row_id, row.key_id, row.envelope


def test_log_tells_the_order_before_and_holds_no_row_after(postgresql: conftest.Kept) -> None:
    # rows of no other test: a rewriting that was broken off may have left copies of theirs in the log
    arrived = random_rows(ARRIVED, Random(23))
    for row in arrived:
        save_response(row)
    assert rank_correlation(by_place_in_the_log(postgresql, arrived, "")) > FOUND
    rewrite_store()
    assert set(by_place_in_the_log(postgresql, arrived, "")) == {-1}


def test_deleted_rows_leave_no_bytes_in_any_file(postgresql: conftest.Kept) -> None:
    # rows of no other test: a naive table that was dropped leaves samples of its rows in the catalogue
    arrived = random_rows(120, Random(16))
    for row in arrived:
        save_response(row)
    gone = arrived[:60:3]
    save_draft(SealedDraft(77, 5, b"draft " * 900), 5)
    for row in gone:
        postgresql.ask(f"DELETE FROM store_response WHERE row_id = {row.row_id}")
    delete_draft(77)
    pieces = [row.envelope[at : at + 12] for row in gone for at in (64, 1500, 3900)]
    pieces += [row.row_id.to_bytes(8, "little") for row in gone] + [b"draft draft draft"]
    assert len(left_in_the_cluster(postgresql, pieces)) == len(pieces), "the look finds nothing before"
    rewrite_store()
    assert left_in_the_cluster(postgresql, pieces) == set()
    assert set(read_responses(EDITION)) == set(arrived) - set(gone)


def left_in_the_cluster(kept: conftest.Kept, pieces: Sequence[bytes]) -> set[bytes]:
    """Which of the pieces stand in any file of the server."""
    assert kept.server is not None
    kept.server.ask("CHECKPOINT")
    files = [file for file in kept.server.folder.rglob("*") if file.is_file() and "programs" not in file.parts]
    contents, sought = [written_in(file) for file in files], any_of(pieces)
    return {piece for content in contents if sought.search(content) for piece in pieces if piece in content}


def test_no_sample_of_rows_is_taken(postgresql: conftest.Kept, arrived: list[SealedResponse]) -> None:
    postgresql.ask("CREATE TABLE naive AS SELECT * FROM store_response")
    postgresql.ask("ANALYZE")
    sampled = postgresql.ask(
        "SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public' AND tablename ~ 'store|naive'"
    )
    postgresql.ask("DROP TABLE naive")
    assert sampled == [("naive",)]


def test_rewriting_takes_every_table_of_ours(postgresql: conftest.Kept) -> None:
    named = [table.name.strip('"') for table in read_model_tables()]
    assert named == [
        name
        for (name,) in postgresql.ask(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'store%' ORDER BY tablename"
        )
    ]
    before = {name: file_of(postgresql, name) for name in named}
    rewrite_store()
    assert all(file_of(postgresql, name) != path for name, path in before.items())


def test_rewriting_keeps_rights_and_shape(postgresql: conftest.Kept) -> None:
    shape = (
        "SELECT relname, relacl::text, (SELECT string_agg(format('%s%s%s', attname, attstorage, attstattarget), ' ')"
        " FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0), (SELECT string_agg(indexrelid::regclass::text, ' ')"
        " FROM pg_index WHERE indrelid = c.oid)"
        " FROM pg_class c WHERE relname LIKE 'store%' AND relkind = 'r' ORDER BY 1"
    )
    postgresql.ask("GRANT SELECT ON store_response TO pg_monitor")
    before = postgresql.ask(shape)
    rewrite_store()
    assert postgresql.ask(shape) == before
    assert "envelopee0" in str(before), "ciphertext stands outside the row, uncompressed, unsampled"


def test_statements_that_are_prepared_find_the_tables_that_were_written_anew(postgresql: conftest.Kept) -> None:
    (row,) = random_rows(1, Random(5))
    save_response(row)
    prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%store_withdrawal%%'"

    def count(cursor: CursorWrapper) -> int:
        cursor.execute(prepared)
        return int(cursor.fetchone()[0])

    assert [visit_status(row.row_id) for _ in range(PREPARE_AFTER + 1)] == [VisitStatus.SENT] * (PREPARE_AFTER + 1)
    assert read(count, patience=0.0) == 1
    rewrite_store()
    assert (visit_status(row.row_id), visit_status(7)) == (VisitStatus.SENT, VisitStatus.OPEN)
    withdraw_response(row.row_id)
    assert (visit_status(row.row_id), read(count, patience=0.0)) == (VisitStatus.ENDED, 1)


def test_nobody_who_sends_during_rewritings_is_lost(server: Server) -> None:
    configure(server.url(server.emptied(), "&timeout=20"))
    prepare_store(new=True)
    rows = random_rows(300, Random(13))
    answers: list[SubmissionResult] = []
    senders = [
        threading.Thread(target=lambda mine=rows[n::4]: answers.extend(save_response(row) for row in mine))
        for n in range(4)
    ]  # type: ignore[misc]
    for sender in senders:
        sender.start()
    rewritings = 0
    while any(sender.is_alive() for sender in senders) or rewritings < 5:
        rewrite_store()
        rewritings += 1
    for sender in senders:
        sender.join()
    assert answers == [SubmissionResult.NEW] * 300
    assert {row.row_id for row in read_responses(EDITION)} == {row.row_id for row in rows}
    close_connections()


REWRITING = (
    "import sys; from kuule.store.database import configure; from kuule.store.rewriting import rewrite_store\n"
    "configure(sys.argv[1]); print('ready', flush=True)\n"
    "while True: rewrite_store()"
)


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.whole)])
def test_rewriting_that_is_killed_at_any_moment_loses_no_row(server: Server, kills: int) -> None:
    url = server.url(server.emptied(), "&timeout=20")
    configure(url)
    prepare_store(new=True)
    chance = Random(kills)
    rows = random_rows(200 + 5 * kills, chance, 12_000)
    waiting = rows[200:]
    for row in rows[:200]:
        save_response(row)
    for _ in range(kills):
        process = python(REWRITING, url)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.communicate(timeout=PATIENCE)
        assert [save_response(waiting.pop()) for _ in range(5)] == [SubmissionResult.NEW] * 5
    assert {row.row_id for row in read_responses(EDITION)} == {row.row_id for row in rows}
    rewrite_store()
    assert {row.row_id for row in read_responses(EDITION)} == {row.row_id for row in rows}
    assert server.ask("SELECT relname FROM pg_class WHERE relname LIKE 'kuule_rewriting%'") == []
    close_connections()


def test_user_who_may_not_ask_for_a_new_log_is_told(humble: str) -> None:
    configure(humble)
    prepare_store(new=True)
    save_response(random_rows(1, Random(1))[0])
    assert [problem.code for problem in rewrite_store()] == ["STORE_024"]
    with pytest.raises(StoreError, match="STORE_024"):
        check_log_is_reached()
    heard: list[str] = []
    clock = Clock(100 + REWRITE_INTERVAL + 1)
    rewrite_daily(clock=clock.time, wait=clock.wait, on_failure=lambda error: heard.append(error.problems[0].code))
    assert (clock.waits, heard) == ([REWRITE_INTERVAL, REWRITE_INTERVAL], ["STORE_024"])


def test_two_rights_are_enough(humble: str, server: Server) -> None:
    """As docs/how-to/postgresql.md says."""
    configure(humble)
    prepare_store(new=True)
    name = humble.split("/")[3].split("?")[0]
    server.ask("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO humble", name)
    with pytest.raises(StoreError, match="STORE_024"):
        check_log_is_reached()
    server.ask("GRANT pg_checkpoint TO humble")
    check_log_is_reached()
    assert rewrite_store() == ()


def test_table_that_stays_locked_is_said_and_left(postgresql: conftest.Kept, server: Server) -> None:
    save_response(random_rows(1, Random(1))[0])
    with psycopg.connect(f"host={server.folder} user=postgres dbname={postgresql.name}") as other:
        other.execute("LOCK TABLE store_response")
        with pytest.raises(StoreError, match="STORE_003"):
            rewrite_store()
    assert rewrite_store() == ()


@pytest.mark.parametrize(
    ("made", "code"), [("CREATE TABLE letters (words text)", "STORE_010"), ("SELECT 1", "STORE_022")]
)
def test_database_that_is_not_ours_is_left_as_it_is(server: Server, made: str, code: str) -> None:
    name = server.emptied()
    server.ask(made)
    configure(server.url(name))
    with pytest.raises(StoreError, match=code):
        rewrite_store()
