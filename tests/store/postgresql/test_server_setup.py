"""The tables that are made on a server, and databases that are not ours."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.store.rows.responses import SubmissionResult, save_response
from tests.patience import PATIENCE
from tests.sealing.rows import rows
from tests.store import conftest
from tests.store.files import python, set_off
from tests.store.server import Server, running_server
from tests.store.test_database import MIGRATIONS, code_of_prepare


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    """A database with nothing in it, which is the one that is turned to."""
    url = server.url(server.emptied(), "&timeout=5")
    configure(url)
    yield url
    close_connections()


def test_line_has_the_decided_guarantees(postgresql: conftest.Kept) -> None:
    names = ("synchronous_commit", "lock_timeout", "statement_timeout", "application_name", "transaction_isolation")
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {
        "synchronous_commit": "on", "lock_timeout": "200ms", "statement_timeout": "10200ms",
        "application_name": "kuule", "transaction_isolation": "read committed",
    }  # fmt: skip


def test_values_never_stand_in_the_text_of_a_statement(postgresql: conftest.Kept) -> None:
    save_response(rows(1)[0])
    save_response(rows(1)[0])
    (texts,) = zip(*postgresql.ask("SELECT query FROM pg_stat_activity WHERE application_name = 'kuule'"), strict=True)
    assert any("store_response" in text or text == "COMMIT" for text in texts)
    assert [text for text in texts if str(rows(1)[0].row_id) in text] == []


def test_tables_have_no_time_no_counter_and_no_sample(postgresql: conftest.Kept) -> None:
    columns = postgresql.ask(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'store_response'"
        " ORDER BY ordinal_position"
    )
    assert columns == [("row_id", "bigint"), ("key_id", "bytea"), ("envelope", "bytea"), ("tag", "bytea")]
    assert postgresql.ask("SELECT sequencename FROM pg_sequences") == [("django_migrations_id_seq",)]
    applied = postgresql.ask("SELECT app, name, extract(epoch FROM applied)::int FROM django_migrations")
    assert applied == [("store", name, 946684800) for name in MIGRATIONS]


def test_server_keeps_no_sample_of_the_values_and_does_not_compress_ciphertext(postgresql: conftest.Kept) -> None:
    """A sample for the planner would outlive the rows that it was taken of."""
    plain = dataclasses.replace(rows(1)[0], envelope=rows(1)[0].envelope[:60] + bytes(8000))
    save_response(plain)
    postgresql.ask("CREATE TABLE letters AS SELECT number, repeat('a', 8000) FROM generate_series(1, 9) AS number")
    postgresql.ask("ANALYZE")
    sampled = postgresql.ask("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'")
    ours = [table for (table,) in sampled if table.startswith("store_")]
    assert (("letters",) in sampled, ours) == (True, [])
    assert postgresql.ask("SELECT pg_column_compression(repeat) FROM letters LIMIT 1") == [("pglz",)]
    assert postgresql.ask("SELECT pg_column_compression(envelope) FROM store_response") == [(None,)]


def test_prepare_again_changes_nothing(postgresql: conftest.Kept) -> None:
    # Who wrote a row of these is noted in it; the count of transactions is not ours alone (autovacuum takes some).
    look = "SELECT 'class', oid::text, relfilenode::text, xmin::text FROM pg_class WHERE relname ~ '^(store|django)_'"
    look += " UNION ALL SELECT 'migration', app, name, xmin::text FROM django_migrations ORDER BY 1, 2, 3"
    before = postgresql.ask(look)
    prepare_store(new=True)
    assert postgresql.ask(look) == before
    assert len(before) > len(MIGRATIONS)


def test_prepare_by_several_processes_at_once_makes_one_database(empty: str) -> None:
    script = (
        "import sys; from kuule.store.database import configure, prepare_store\n"
        "configure(sys.argv[1]); print('ready', flush=True); sys.stdin.readline(); prepare_store(new=True)"
    )
    processes = [python(script, empty) for _ in range(4)]
    set_off(processes)
    assert [(*process.communicate(timeout=PATIENCE), process.returncode) for process in processes] == [("", "", 0)] * 4
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


def test_older_tables_are_brought_up(empty: str, server: Server) -> None:
    call_command("migrate", "store", "0001", verbosity=0, interactive=False)
    server.ask("COMMENT ON TABLE django_migrations IS 'kuule store 1'")
    server.ask("INSERT INTO store_response VALUES (5, '\\x00', '\\x00')")
    prepare_store(new=True)
    assert server.ask("SELECT obj_description('django_migrations'::regclass)") == [(f"kuule store {SCHEMA_VERSION}",)]
    assert server.ask("SELECT row_id, tag FROM store_response") == [(5, None)]
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


def test_database_of_a_newer_kuule(postgresql: conftest.Kept) -> None:
    postgresql.ask(f"COMMENT ON TABLE django_migrations IS 'kuule store {SCHEMA_VERSION + 1}'")
    assert code_of_prepare() == "STORE_011"


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE letters (words text)",
        "CREATE VIEW letters AS SELECT 1",
        "CREATE TABLE django_migrations (id int, app text, name text, applied timestamptz)",
        "CREATE SCHEMA other CREATE TABLE other.letters (words text)",
    ],
)
def test_database_of_something_else_is_left_as_it_is(empty: str, server: Server, made: str) -> None:
    server.ask(made)
    before = server.ask("SELECT oid, relname FROM pg_class ORDER BY 1")
    assert code_of_prepare() == "STORE_010"
    assert server.ask("SELECT oid, relname FROM pg_class ORDER BY 1") == before
    server.ask("DROP SCHEMA IF EXISTS other CASCADE")


def test_making_that_breaks_off_leaves_nothing(empty: str, server: Server) -> None:
    """All or nothing: an event in the midst, here one that refuses the mark, and the next attempt begins anew."""
    server.ask(
        "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'no' USING ERRCODE = '53100'; END $$"
    )
    server.ask("CREATE EVENT TRIGGER refuses ON ddl_command_end WHEN TAG IN ('COMMENT') EXECUTE FUNCTION refuse()")
    assert code_of_prepare() == "STORE_004"
    server.ask("DROP EVENT TRIGGER refuses")
    assert server.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    prepare_store(new=True)


@pytest.mark.parametrize(
    "setting",
    [
        "log_statement = 'mod'", "log_statement = 'all'", "log_duration = on", "log_min_duration_statement = 0",
        "log_min_duration_sample = 0", "log_min_duration_statement = 5000", "log_transaction_sample_rate = 0.01",
        "log_executor_stats = on",
    ],
)  # fmt: skip
def test_server_that_would_note_when_answers_come_is_refused(empty: str, server: Server, setting: str) -> None:
    server.ask(f"ALTER DATABASE postgres SET {setting}")
    try:
        assert code_of_prepare() == "STORE_023"
    finally:
        server.ask(f"ALTER DATABASE postgres RESET {setting.split()[0]}")
    prepare_store(new=True)


def test_server_that_loses_what_it_answered_is_refused_with_every_reason() -> None:
    wrong = {"fsync": "off", "full_page_writes": "off", "track_commit_timestamp": "on"}
    with running_server(wrong) as other:
        configure(other.url("postgres"))
        with pytest.raises(StoreError) as raised:
            prepare_store(new=True)
        close_connections()
    assert [problem.code for problem in raised.value.problems] == ["STORE_023"] * 3
    assert [name for name in wrong if name in str(raised.value)] == list(wrong)


def test_server_whose_log_is_kept_elsewhere_is_refused_with_every_reason() -> None:
    wrong = {"wal_level": "replica", "archive_mode": "on", "wal_keep_size": "64", "max_wal_senders": "2"}
    with running_server(wrong) as other:
        other.ask("SELECT pg_create_physical_replication_slot('copy', true)")
        configure(other.url("postgres"))
        with pytest.raises(StoreError) as raised:
            prepare_store(new=True)
        close_connections()
    causes = [problem.cause for problem in raised.value.problems]
    assert [cause.split("=")[0] for cause in causes[:2]] == ["archive_mode", "wal_keep_size"]
    assert causes[2:] == ["a replica, or a slot for one, keeps the order in which answers came"]
