"""What a thief of the file learns after it was rewritten: neither the order of arrival nor what was deleted."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store import rewriting
from kuule.store.database import close_connections, configure
from kuule.store.rewriting import REWRITE_INTERVAL, rewrite_daily, rewrite_store
from kuule.store.rows.responses import read_responses, save_response
from tests.sealing.rows import EDITION, rows
from tests.store.files import asked, offsets, page_order, random_rows, rank_correlation

ARRIVED = 300
FOUND = 0.9
"""A correlation from which an order counts as recovered."""
CHANCE = 0.29
"""Five standard errors of Spearman's coefficient for 300 rows in no order (1 / sqrt(299) each)."""


def counted_table(path: Path, arrived: list[bytes], **pragmas: str) -> None:
    """The table as a framework would make it: a key that counts."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA page_size = 65536")
        raw.execute("CREATE TABLE response (id INTEGER PRIMARY KEY AUTOINCREMENT, envelope BLOB NOT NULL)")
        for envelope in arrived:
            with raw:
                raw.execute("INSERT INTO response (envelope) VALUES (?)", (envelope,))
        raw.execute("VACUUM")


def hidden_counter_table(path: Path, arrived: list[tuple[int, bytes]]) -> None:
    """The table as Django's BigIntegerField would make it: a random key, and a rowid beside it that counts."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA page_size = 65536")
        raw.execute("CREATE TABLE response (row_id bigint NOT NULL PRIMARY KEY, envelope BLOB NOT NULL)")
        for row in arrived:
            with raw:
                raw.execute("INSERT INTO response VALUES (?, ?)", row)
        raw.execute("VACUUM")


def test_order_of_arrival_cannot_be_recovered_from_the_rewritten_file(database: Path) -> None:
    arrived = random_rows(ARRIVED, Random(11))
    for row in arrived:
        save_response(row)
    rewrite_store()
    found = offsets(database, [row.envelope for row in arrived])
    assert min(found) > 0
    assert abs(rank_correlation(found)) < CHANCE
    assert abs(rank_correlation(page_order(found))) < CHANCE


def test_rows_of_the_rewritten_file_stand_in_the_order_of_their_random_ids(database: Path) -> None:
    """Stronger than a correlation: the place of a row is a function of the set of ids and of nothing else."""
    arrived = random_rows(ARRIVED, Random(12))
    for row in arrived:
        save_response(row)
    rewrite_store()
    by_id = sorted(arrived, key=lambda row: row.row_id)
    places = offsets(database, [row.envelope for row in by_id])
    assert page_order(places) == sorted(page_order(places))


def test_rewritten_file_is_the_same_whatever_the_order_of_arrival(database: Path) -> None:
    arrived = random_rows(100, Random(13))
    contents = []
    for order in (arrived, arrived[::-1], Random(14).sample(arrived, len(arrived))):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM store_response")
        for row in order:
            save_response(row)
        rewrite_store()
        content = bytearray(database.read_bytes())
        for at in (24, 40, 92):  # the file's counters of changes: how often it was written, which is no order
            content[at : at + 4] = bytes(4)
        contents.append(bytes(content))
    assert contents[0] == contents[1] == contents[2]


def test_the_same_look_finds_the_order_in_a_table_with_a_counting_key(tmp_path: Path) -> None:
    arrived = [row.envelope for row in random_rows(ARRIVED, Random(11))]
    counted_table(tmp_path / "counted.db", arrived)
    assert rank_correlation(page_order(offsets(tmp_path / "counted.db", arrived))) > FOUND


def test_the_same_look_finds_the_order_in_a_table_with_a_hidden_counter(tmp_path: Path) -> None:
    arrived = random_rows(ARRIVED, Random(11))
    hidden_counter_table(tmp_path / "hidden.db", [(row.row_id, row.envelope) for row in arrived])
    assert rank_correlation(page_order(offsets(tmp_path / "hidden.db", [row.envelope for row in arrived]))) > FOUND


def test_the_same_look_finds_some_order_before_the_file_is_rewritten(database: Path) -> None:
    """Why rewriting is needed: within a page the later row stands before the earlier one."""
    arrived = random_rows(3, Random(15))
    for row in arrived:
        save_response(row)
    found = offsets(database, [row.envelope for row in arrived])
    assert found == sorted(found, reverse=True)


def test_deleted_rows_leave_no_bytes(database: Path) -> None:
    arrived = random_rows(60, Random(16))
    for row in arrived:
        save_response(row)
    gone, kept = arrived[::3], [row for index, row in enumerate(arrived) if index % 3]
    with connection.cursor() as cursor:
        for row in gone:
            cursor.execute("DELETE FROM store_response WHERE row_id = %s", (row.row_id,))
    rewrite_store()
    content = database.read_bytes()
    pieces = [row.envelope[at : at + 16] for row in gone for at in range(64, 4000, 97)]
    assert [piece for piece in pieces if piece in content] == []
    assert all(at > 0 for at in offsets(database, [row.envelope for row in kept]))
    ids = [row.row_id.to_bytes(8, "big") for row in gone]
    assert [each for each in ids if each in content] == []


def test_rewritten_file_has_no_unused_page_and_no_other_file_beside_it(database: Path) -> None:
    for row in random_rows(60, Random(17)):
        save_response(row)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_response WHERE row_id % 2 = 0")
    rewrite_store()
    assert asked(database, "PRAGMA freelist_count") == [(0,)]
    assert [file.name for file in database.parent.iterdir() if file.stat().st_size] == [database.name]


def test_rewrite_keeps_every_row(database: Path) -> None:
    for row in rows(30):
        save_response(row)
    rewrite_store()
    assert tuple(read_responses(EDITION)) == rows(30)


def test_rewrite_while_another_holds_the_lock_says_so_and_changes_nothing(database: Path) -> None:
    save_response(rows(1)[0])
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as raised:
            rewrite_store()
    assert [problem.code for problem in raised.value.problems] == ["STORE_003"]
    assert tuple(read_responses(EDITION)) == rows(1)


@pytest.mark.parametrize(("content", "code"), [(None, "STORE_007"), ("", "STORE_013"), ("a letter" * 99, "STORE_008")])
def test_rewrite_what_is_no_database_of_ours_leaves_it_as_it_is(
    database: Path, tmp_path: Path, content: str | None, code: str
) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_text(content)
    configure(f"sqlite:///{path}")
    with pytest.raises(StoreError) as raised:
        rewrite_store()
    assert [problem.code for problem in raised.value.problems] == [code]
    assert (path.read_text() if path.exists() else None) == content


class Clock:
    """Time that passes only by waiting, and a bell that rings when it is over."""

    def __init__(self, end: float) -> None:
        self.now = 100.0
        self.end = end
        self.waits: list[float] = []

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return self.now > self.end


def test_keep_rewriting_rewrites_every_day_until_it_is_told_to_stop(database: Path) -> None:
    arrived = random_rows(3, Random(15))
    for row in arrived:
        save_response(row)
    clock = Clock(100 + 2.5 * REWRITE_INTERVAL)
    rewrite_daily(clock=clock.time, wait=clock.wait, on_failure=raise_it)
    found = offsets(database, [row.envelope for row in sorted(arrived, key=lambda row: row.row_id)])
    assert (clock.waits, found) == ([REWRITE_INTERVAL] * 3, sorted(found, reverse=True))


def test_keep_rewriting_that_finds_a_lock_says_so_and_tries_again_in_an_hour(database: Path) -> None:
    heard: list[str] = []
    clock = Clock(100 + REWRITE_INTERVAL + 3600 + 1)
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        rewrite_daily(clock=clock.time, wait=clock.wait, on_failure=lambda error: heard.append(error.problems[0].code))
    assert (clock.waits, heard) == ([REWRITE_INTERVAL, 3600, 3600], ["STORE_003", "STORE_003"])


def test_keep_rewriting_soon_after_one_that_failed_says_when_it_is_done(database: Path) -> None:
    heard: list[str] = []
    clock = Clock(100 + 3600 + 1)
    rewrite_daily(
        clock=clock.time,
        wait=clock.wait,
        on_failure=raise_it,
        on_success=lambda: heard.append("rewritten"),
        retry_first=True,
    )
    assert (clock.waits, heard) == ([3600, REWRITE_INTERVAL], ["rewritten"])


def raise_it(error: StoreError) -> None:
    raise error


def test_process_is_not_forked_while_its_store_is_rewritten(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a lock of SQLite's that the rewriting held just then would stay locked in the new process."""
    begun, goes_on, forked = threading.Event(), threading.Event(), threading.Event()

    def held_up(week: int) -> int:
        begun.set()
        goes_on.wait()
        return 0

    def fork() -> None:
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        forked.set()

    monkeypatch.setattr(rewriting, "delete_expired_drafts", held_up)

    def rewritten() -> None:
        rewrite_store()
        close_connections()  # this thread's own

    threads = [threading.Thread(target=rewritten), threading.Thread(target=fork)]
    threads[0].start()
    begun.wait()
    threads[1].start()
    assert not forked.wait(0.1)
    goes_on.set()
    for thread in threads:
        thread.join()
    assert forked.is_set()
