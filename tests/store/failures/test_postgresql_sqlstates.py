"""What a server says when it cannot, each by a real server: told in words, with nothing to log in with, and passing."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import StoreError
from kuule.sealing.envelope import SealedResponse
from kuule.store import database
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.postgresql import base
from kuule.store.rows.responses import SubmissionResult, read_responses, save_response
from kuule.store.rows.withdrawals import (
    ResponseRow,
    apply_withdrawals,
    delete_draft_and_end_visit,
    end_visit_if_paused,
    find_response_row,
    mark_visit_ended,
    withdraw_response,
    withdrawn_row_ids,
)
from kuule.store.transactions.readers import MAX_READERS, read
from kuule.store.transactions.writer import writer_connection
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.sampling import matrix
from tests.sealing.rows import EDITION, rows
from tests.store import conftest
from tests.store.files import random_rows
from tests.store.kept import count_by_edition
from tests.store.rows.test_responses import code_of_keep
from tests.store.server import Server, running_server

EIGHT = 8


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop, with a prepared database that is turned to."""
    with running_server() as running:
        configure(running.url("postgres", "&timeout=5"))
        prepare_store(new=True)
        yield running
        close_connections()


def row_five() -> ResponseRow | None:
    """A row that is not there, looked for."""
    return find_response_row(range(5, 6), b"t" * 16, 5)


def refusing(code: str, times: str = "true") -> str:
    """A trigger by which the server itself says so."""
    return (
        "CREATE SEQUENCE IF NOT EXISTS tried;"
        " CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {times} THEN RAISE 'no' USING ERRCODE = '{code}'; END IF; RETURN NEW; END $$;"
        " CREATE OR REPLACE TRIGGER refuses BEFORE INSERT ON store_response FOR EACH ROW EXECUTE FUNCTION refuse()"
    )


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "STORE_004"), ("25006", "STORE_005"), ("42501", "STORE_005"), ("XX001", "STORE_006"),
        ("57014", "STORE_003"), ("58030", "STORE_009"), ("P0001", "STORE_009"),
    ],
)  # fmt: skip
def test_what_the_server_says_is_told_and_over_when_it_is_over(
    postgresql: conftest.Kept, state: str, code: str
) -> None:
    postgresql.ask(refusing(state))
    assert (code_of_keep(rows(1)[0]), count_by_edition()) == (code, {})
    postgresql.ask("DROP TRIGGER refuses ON store_response")
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_transactions_that_collide_are_done_again(postgresql: conftest.Kept, state: str) -> None:
    postgresql.ask(refusing(state, "nextval('tried') < 4"))
    assert save_response(rows(1)[0]) is SubmissionResult.NEW
    assert postgresql.ask("SELECT last_value FROM tried") == [(4,)]


def test_transactions_that_collide_without_end_are_told(postgresql: conftest.Kept) -> None:
    postgresql.ask(refusing("40001"))
    assert code_of_keep(rows(1)[0]) == "STORE_003"


def test_server_that_is_down_is_told_and_found_again(own_server: Server) -> None:
    save_response(rows(3)[0])
    own_server.stop()
    assert code_of_keep(rows(3)[1]) == "STORE_016"
    with pytest.raises(StoreError, match="STORE_016"):
        row_five()
    own_server.start()
    assert (save_response(rows(3)[1]), row_five()) == (SubmissionResult.NEW, None)
    assert set(read_responses(EDITION)) == {rows(3)[0], rows(3)[1]}


def test_line_that_broke_while_it_was_quiet_is_opened_again(postgresql: conftest.Kept) -> None:
    assert (save_response(rows(2)[0]), row_five()) == (SubmissionResult.NEW, None)
    postgresql.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kuule'")
    assert (row_five(), save_response(rows(2)[1])) == (None, SubmissionResult.NEW)


@pytest.mark.parametrize(
    "way", matrix([signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], [signal.SIGINT, signal.SIGKILL])
)
def test_server_that_goes_in_the_midst_loses_nobody_who_was_thanked(own_server: Server, way: signal.Signals) -> None:
    """Orderly, at once, and as by a power cut; then it is there again, and who was told "not kept" sends again."""
    mine = random_rows(240, Random(3), 3000)
    answers: dict[int, list[str]] = {row.row_id: [] for row in mine}
    codes: set[str] = set()
    over = threading.Event()

    def send(part: int) -> None:
        for row in mine[part::4]:
            while not over.is_set() and answers[row.row_id][-1:] in ([], ["unsent"]):
                try:
                    answers[row.row_id].append(save_response(row).name)
                except StoreError as error:
                    codes.add(error.problems[0].code)
                    answers[row.row_id].append("unsent")

    senders = [threading.Thread(target=send, args=(part,)) for part in range(4)]
    for sender in senders:
        sender.start()
    try:
        for _ in range(2):
            time.sleep(0.15)
            own_server.stop(way)
            own_server.start()
        for sender in senders:
            sender.join(PATIENCE)
    finally:
        over.set()
    assert codes <= {"STORE_016", "STORE_020"}
    last = [told[-1] for told in answers.values()]
    # "already" only for who was told "not kept" before: the commit was there, and nobody could know
    assert {told[-1] for told in answers.values() if told == told[-1:]} == {"NEW"}
    assert set(last) <= {"NEW", "ALREADY"}
    assert {row.row_id for row in read_responses("ab" * 32)} == {row.row_id for row in mine}


def test_wrong_password_is_told_without_it(server: Server) -> None:
    server.ask("DROP ROLE IF EXISTS asked_for_password")
    server.ask("CREATE ROLE asked_for_password LOGIN PASSWORD 'right'")
    configure(server.url("postgres", user="asked_for_password:markerpassword"))
    with pytest.raises(StoreError) as raised:
        prepare_store(new=True)
    assert [problem.code for problem in raised.value.problems] == ["STORE_017"]
    assert "marker" not in str(raised.value)
    assert "asked_for_password" not in str(raised.value)
    configure(server.url("postgres", user="nobody_of_this_name"))
    with pytest.raises(StoreError, match="STORE_017"):
        prepare_store(new=True)


def test_database_that_is_not_there_is_told(server: Server) -> None:
    configure(server.url("not_there"))
    with pytest.raises(StoreError, match="STORE_018"):
        prepare_store(new=True)


def test_server_without_a_free_line_is_told_in_time(server: Server) -> None:
    server.ask("DROP ROLE IF EXISTS crowded")
    server.ask("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    configure(server.url("postgres", user="crowded"))
    with pytest.raises(StoreError, match="STORE_019"):
        prepare_store(new=True)


def test_process_opens_few_lines_and_says_so(postgresql: conftest.Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to eight, as docs/how-to/postgresql.md and STORE_019 tell whoever sets `max_connections`."""
    monkeypatch.setattr(base, "CONNECT_SECONDS", 0.05)
    close_connections()
    told: list[str] = []
    opened: list[int] = []
    held = threading.Event()

    def hold() -> None:
        try:
            connection.ensure_connection()
            opened.append(1)
        except Exception as error:  # noqa: BLE001
            told.append(str(error))
        held.wait(PATIENCE)
        connection.close()

    threads = [threading.Thread(target=hold) for _ in range(EIGHT + 2)]
    for thread in threads:
        thread.start()
    wait_until(lambda: (len(told), len(opened)) == (2, EIGHT))
    lines = postgresql.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kuule'")
    code = code_of_keep(rows(1)[0])
    held.set()
    for thread in threads:
        thread.join()
    assert (lines, code) == ([(EIGHT,)], "STORE_019")
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


def test_every_line_of_readers_is_closed(postgresql: conftest.Kept) -> None:
    close_connections()
    together = threading.Barrier(MAX_READERS, timeout=PATIENCE)

    def look(cursor: CursorWrapper) -> int:
        cursor.execute("SELECT pg_backend_pid()")
        together.wait()
        return int(cursor.fetchone()[0])

    with ThreadPoolExecutor(MAX_READERS) as pool:
        seen = set(pool.map(lambda _: read(look), range(MAX_READERS)))
    close_connections()
    count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kuule'"
    wait_until(lambda: postgresql.ask(count) == [(0,)])
    assert len(seen) == MAX_READERS


def test_many_readers_share_few_lines(postgresql: conftest.Kept) -> None:
    seen: list[int] = []

    def look(cursor: CursorWrapper) -> Any:
        cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.01)")
        return cursor.fetchone()[0]

    threads = [threading.Thread(target=lambda: seen.append(read(look))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 40
    assert 1 < len(set(seen)) <= MAX_READERS


def test_locks_of_others_are_waited_for_then_said(postgresql: conftest.Kept, server: Server) -> None:
    with psycopg.connect(f"host={server.folder} user=postgres dbname={postgresql.name}") as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (rows(1)[0].row_id,))
        assert code_of_keep(rows(1)[0]) == "STORE_003"
        other.rollback()
        other.execute("LOCK TABLE store_response")
        assert code_of_keep(rows(1)[0]) == "STORE_003"
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda row: withdraw_response(row.row_id), id="withdraw"),
        pytest.param(lambda row: mark_visit_ended(row.row_id), id="end"),
        pytest.param(lambda row: end_visit_if_paused(row.row_id, b"one-tie!"), id="end if paused"),
        pytest.param(lambda row: delete_draft_and_end_visit(row.row_id, b"one-tie!", 7), id="delete draft and end"),
        pytest.param(lambda row: apply_withdrawals([row.row_id]), id="obey"),
    ],
)
def test_taking_back_waits_for_whoever_sends_the_same_visit(
    postgresql: conftest.Kept, server: Server, work: Callable[[SealedResponse], object]
) -> None:
    """Else a row that is just being sent could stand beside the word that it was taken back."""
    row = rows(1)[0]
    with psycopg.connect(f"host={server.folder} user=postgres dbname={postgresql.name}") as sending:
        sending.execute("SELECT pg_advisory_xact_lock(%s)", (row.row_id,))  # as `save_response` begins
        with pytest.raises(StoreError, match="STORE_003"):
            work(row)
    assert withdrawn_row_ids() == ()
    work(row)  # nobody sends it any more


def test_server_that_takes_no_writes_is_told(postgresql: conftest.Kept, server: Server) -> None:
    postgresql.ask("ALTER DATABASE postgres SET default_transaction_read_only = on")
    close_connections()
    try:
        assert code_of_keep(rows(1)[0]) == "STORE_005"
    finally:
        writable = f"host={server.folder} user=postgres dbname=postgres options='-c default_transaction_read_only=off'"
        with psycopg.connect(writable, autocommit=True) as line:
            line.execute("ALTER DATABASE postgres RESET default_transaction_read_only")
        close_connections()


def test_tables_that_are_not_there_are_told(postgresql: conftest.Kept) -> None:
    postgresql.ask("DROP TABLE store_response")
    assert code_of_keep(rows(1)[0]) == "STORE_022"


def test_writer_is_dropped_after_a_failure(postgresql: conftest.Kept) -> None:
    """So that nothing half-begun stays on its line."""
    postgresql.ask(refusing("53100"))
    code_of_keep(rows(1)[0])
    postgresql.ask("DROP TRIGGER refuses ON store_response")
    with writer_connection() as line, line.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        assert cursor.fetchone() == (None,)


def test_server_that_does_not_close_the_line_is_told() -> None:
    port = free_port()
    with running_server({"listen_addresses": "127.0.0.1", "port": str(port)}) as plain:
        (plain.data / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 trust\n")
        plain.ask("SELECT pg_reload_conf()")
        configure(f"postgresql://postgres@127.0.0.1:{port}/postgres?sslmode=verify-full&sslrootcert=system")
        with pytest.raises(StoreError, match="STORE_021"):
            prepare_store(new=True)
        configure(f"postgresql://postgres@127.0.0.1:{port}/postgres")
        prepare_store(new=True)
        close_connections()


def test_driver_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    with pytest.raises(StoreError, match="STORE_014"):
        configure("postgresql://localhost/answers")
