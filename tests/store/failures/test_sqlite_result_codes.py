"""What SQLite says when it cannot: each failure is made with a real file, told by its code, and passes."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store.database import close_connections
from kuule.store.rows.responses import MAX_STORED_ENVELOPE, SubmissionResult, read_responses, save_response
from kuule.store.sqlite import base
from kuule.store.sqlite.file_lock import lock_folder
from tests.sealing.rows import rows
from tests.store.files import asked, random_rows
from tests.store.rows.test_responses import code_of_keep

RANDOM_EDITION = "ab" * 32


@contextmanager
def lines_with(pragma: str) -> Iterator[None]:
    """Every line that is opened within has one more pragma."""
    patch = pytest.MonkeyPatch()
    patch.setattr(base, "PRAGMAS", (*base.PRAGMAS, pragma))
    close_connections()
    try:
        yield
    finally:
        patch.undo()
        close_connections()


def test_the_largest_envelope_needs_no_overflow_page(database: Path) -> None:
    (row,) = random_rows(1, Random(1), size=MAX_STORED_ENVELOPE)
    before = asked(database, "PRAGMA page_count")
    save_response(row, bytes(16))
    assert asked(database, "PRAGMA page_count") == before


def test_one_byte_more_than_the_largest_would_overflow(database: Path) -> None:
    """The limit is exact: SQLite itself, without our check, takes an overflow page for the next byte."""
    (row,) = random_rows(1, Random(1), size=MAX_STORED_ENVELOPE + 1)
    before = pages_in_use(database)
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("INSERT INTO store_response VALUES (?, ?, ?, ?)", (row.row_id, row.key_id, row.envelope, bytes(16)))
        raw.commit()
    assert pages_in_use(database) == before + 1


def pages_in_use(database: Path) -> int:
    """How many pages hold something: a migration leaves free ones."""
    ((pages,),), ((free,),) = (asked(database, f"PRAGMA {what}") for what in ("page_count", "freelist_count"))
    return int(str(pages)) - int(str(free))


def test_the_journal_that_could_take_a_row_back_is_empty_when_keep_returns(database: Path) -> None:
    save_response(rows(1)[0])
    assert [file.name for file in database.parent.iterdir() if file.stat().st_size] == [database.name]


def test_full_disk_is_said_and_what_was_there_stays(database: Path) -> None:
    ((pages,),) = asked(database, "PRAGMA page_count")
    arrived = random_rows(100, Random(3), size=16_000)
    kept, refused = [], []
    with lines_with(f"PRAGMA max_page_count = {pages + 3}"):
        for row in arrived:
            try:
                save_response(row)
            except StoreError as error:
                refused.append((row, error.problems[0].code))
            else:
                kept.append(row)
    assert len(kept) >= 8
    assert [code for _, code in refused] == ["STORE_004"] * (100 - len(kept))
    assert list(read_responses(RANDOM_EDITION)) == sorted(kept, key=lambda row: row.row_id)
    missing = refused[-1][0]
    assert (save_response(missing), save_response(missing)) == (SubmissionResult.NEW, SubmissionResult.ALREADY)


def test_lock_of_another_is_waited_for_then_said(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert code_of_keep(rows(1)[0]) == "STORE_003"
        other.rollback()
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


def test_turn_of_another_is_waited_for_then_said(database: Path) -> None:
    with lock_folder(database.parent, 1.0):
        assert code_of_keep(rows(1)[0]) == "STORE_003"
    assert save_response(rows(1)[0]) is SubmissionResult.NEW


def test_database_that_was_deleted_meanwhile_is_not_answered_with_thanks(database: Path) -> None:
    save_response(rows(2)[0])
    database.unlink()
    assert code_of_keep(rows(2)[1]) == "STORE_005"


def test_new_line_to_a_database_that_is_gone_makes_none(database: Path) -> None:
    close_connections()
    database.unlink()
    assert (code_of_keep(rows(1)[0]), database.exists()) == ("STORE_007", False)


def test_folder_that_is_gone_is_said(database: Path) -> None:
    close_connections()
    for file in database.parent.iterdir():
        file.unlink()
    database.parent.rmdir()
    assert code_of_keep(rows(1)[0]) == "STORE_007"


def test_database_that_cannot_be_written(database: Path) -> None:
    with lines_with("PRAGMA query_only = ON"):
        assert code_of_keep(rows(2)[1]) == "STORE_005"
    assert save_response(rows(2)[1]) is SubmissionResult.NEW


def test_damaged_database(database: Path) -> None:
    for row in rows(30):
        save_response(row)
    close_connections()
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(65536)
        file.write(os.urandom(size - 65536))
    assert code_of_keep(rows(31)[0]) == "STORE_006"


def test_tables_that_are_not_there(database: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE store_response")
    assert code_of_keep(rows(1)[0]) == "STORE_009"
