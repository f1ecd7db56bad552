"""A store is made once and on purpose, and known again: nothing is kept in another that stands in its place."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from kuule.core.problems import StoreError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.location.identity import expect_store, read_identity
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import SubmissionResult, save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from tests.store import conftest
from tests.store.files import asked, random_rows
from tests.store.server import Server

ROWS = random_rows(3, Random(14))


def new_store(path: Path) -> int:
    """Make one, and turn back to none: as another process would have made it."""
    configure(f"sqlite:///{path}?timeout=0.2")
    prepare_store(new=True)
    made = read_identity()
    close_connections()
    return made


def code_of(raised: pytest.ExceptionInfo[StoreError]) -> str:
    return raised.value.problems[0].code


def test_prepare_where_nothing_is_makes_nothing(tmp_path: Path) -> None:
    configure(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    with pytest.raises(StoreError) as raised:
        prepare_store()
    assert (code_of(raised), list(tmp_path.iterdir())) == ("STORE_025", [])


def test_prepare_an_empty_file_leaves_it_empty(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    path.touch()
    configure(f"sqlite:///{path}")
    with pytest.raises(StoreError) as raised:
        prepare_store()
    assert (code_of(raised), path.read_bytes()) == ("STORE_025", b"")


def test_prepare_an_empty_database_of_a_server_makes_nothing(server: Server) -> None:
    name = server.emptied()
    configure(server.url(name))
    with pytest.raises(StoreError) as raised:
        prepare_store()
    tables = server.ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", name)
    assert (code_of(raised), tables) == ("STORE_025", [(0,)])


def test_prepare_says_whether_a_store_was_made(tmp_path: Path) -> None:
    configure(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    assert [prepare_store(new=True), prepare_store(new=True), prepare_store()] == [True, False, False]


def test_identity_stays_through_writing_preparing_and_rewriting(kept: conftest.Kept) -> None:
    first = read_identity()
    save_response(ROWS[0])
    prepare_store()
    rewrite_store()
    assert read_identity() == first
    assert kept.ask("SELECT count(*) FROM store_identity") == [(1,)]


def test_identities_of_two_stores_differ(tmp_path: Path) -> None:
    assert new_store(tmp_path / "one.sqlite3") != new_store(tmp_path / "other.sqlite3")


def test_store_of_an_older_version_gets_an_identity_and_keeps_its_rows(database: Path) -> None:
    save_response(ROWS[0])
    close_connections()
    with closing(sqlite3.connect(database)) as older:
        older.execute("DROP TABLE store_identity")
        older.execute("DROP TABLE store_fieldcontrol")
        older.execute("DROP TABLE store_hidingorder")
        older.execute("DELETE FROM django_migrations WHERE name >= '0006' AND app = 'store'")
        older.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
        older.commit()
    assert prepare_store() is False
    assert asked(database, "SELECT count(*) FROM store_identity") == [(1,)]
    assert save_response(ROWS[0]) is SubmissionResult.ALREADY


def test_another_store_in_the_place_of_the_first_takes_nothing(tmp_path: Path) -> None:
    path, aside, other = (tmp_path / name for name in ("answers.sqlite3", "aside.sqlite3", "other.sqlite3"))
    new_store(other)
    expect_store(new_store(path))
    save_response(ROWS[0])
    path.rename(aside)
    other.rename(path)
    said = []
    for _ in range(3):
        with pytest.raises(StoreError) as raised:
            save_response(ROWS[1])
        said.append(code_of(raised))
    # first that the open line's file was moved, then that the one in its place is another
    assert said == ["STORE_005", "STORE_026", "STORE_026"]
    assert asked(path, "SELECT count(*) FROM store_response") == [(0,)]
    path.rename(other)
    aside.rename(path)
    assert save_response(ROWS[1]) is SubmissionResult.NEW
    assert asked(path, "SELECT count(*) FROM store_response") == [(2,)]


def test_empty_file_in_the_place_of_the_store_takes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    expect_store(new_store(path))
    path.unlink()
    path.touch()
    with pytest.raises(StoreError) as raised:
        save_response(ROWS[0])
    assert (code_of(raised), path.read_bytes()) == ("STORE_026", b"")


def test_another_store_in_the_place_of_the_first_is_not_read(tmp_path: Path) -> None:
    path, other = tmp_path / "answers.sqlite3", tmp_path / "other.sqlite3"
    new_store(other)
    expect_store(new_store(path))
    save_response(ROWS[0])
    assert visit_status(ROWS[0].row_id) is VisitStatus.SENT
    other.replace(path)
    # it would say OPEN, and a visit that was sent would be offered once more
    assert visit_status(ROWS[0].row_id) is None


def test_another_store_behind_the_address_of_a_server_takes_nothing(postgresql: conftest.Kept) -> None:
    expect_store(read_identity())
    assert save_response(ROWS[0]) is SubmissionResult.NEW
    assert postgresql.server is not None
    postgresql.server.ask("UPDATE store_identity SET identity_id = 7", postgresql.name)
    close_connections()  # as after a restart of the server, which another database has come to stand behind
    with pytest.raises(StoreError) as raised:
        save_response(ROWS[1])
    assert code_of(raised) == "STORE_026"
    assert postgresql.ask("SELECT count(*) FROM store_response") == [(1,)]
