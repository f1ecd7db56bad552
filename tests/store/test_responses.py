"""Keeping: once, durably, also by two at once; what is said when it cannot be."""

import dataclasses
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from kuule.errors import StoreError
from kuule.opening.envelope import open_sealed
from kuule.sealing.envelope import LARGEST_ENVELOPE, SealedResponse, seal
from kuule.store.responses import Kept, count, editions, envelopes, keep, key_ids
from tests.sealing.rows import EDITION, KEY, STUDY, rows
from tests.store.files import asked, python, random_rows, set_off

OTHER_EDITION = "f0" * 32
RANDOM_EDITION = "ab" * 32


def code_of_keep(sealed: SealedResponse) -> str:
    with pytest.raises(StoreError) as raised:
        keep(sealed)
    return raised.value.problems[0].code


def test_keep_gives_back_what_was_kept_in_the_order_of_ids(database: Path) -> None:
    arrived = Random(5).sample(rows(30), 30)
    assert [keep(row) for row in arrived] == [Kept.NEW] * 30
    assert tuple(envelopes(EDITION)) == rows(30)
    assert count(EDITION) == 30


def test_keep_the_same_row_again_changes_nothing(database: Path) -> None:
    row = rows(1)[0]
    assert [keep(row), keep(row)] == [Kept.NEW, Kept.ALREADY]
    assert list(envelopes(EDITION)) == [row]


def test_keep_a_resend_that_was_sealed_anew_keeps_the_first(database: Path) -> None:
    first, again = (
        seal(record, key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=9, size=2048) for record in (b"1", b"2")
    )
    assert [keep(first), keep(again)] == [Kept.NEW, Kept.ALREADY]
    assert list(envelopes(EDITION)) == [first]


@pytest.mark.parametrize("row_id", [0, 1, 2**63 - 1])
def test_keep_takes_every_row_id_of_63_bits(database: Path, row_id: int) -> None:
    row = dataclasses.replace(rows(1)[0], row_id=row_id)
    assert (keep(row), list(envelopes(EDITION))) == (Kept.NEW, [row])


def test_key_ids_are_those_of_all_that_is_kept(database: Path) -> None:
    assert key_ids() == frozenset()
    for row in rows(3):
        keep(row)
    other = dataclasses.replace(rows(4)[3], key_id=bytes(8))
    keep(other)
    assert key_ids() == {KEY.public.key_id, bytes(8)}


def test_envelopes_of_more_than_a_batch_come_whole(database: Path) -> None:
    for row in rows(1003):
        keep(row)
    assert tuple(envelopes(EDITION)) == rows(1003)


def test_envelopes_of_one_edition_leave_the_other(database: Path) -> None:
    other = seal(b"r", key=KEY.public, study_id=STUDY, edition_id=OTHER_EDITION, row_id=9, size=2048)
    for row in (other, *rows(3)):
        keep(row)
    assert (tuple(envelopes(EDITION)), list(envelopes(OTHER_EDITION))) == (rows(3), [other])
    assert (count(EDITION), count(OTHER_EDITION), editions()) == (3, 1, {EDITION: 3, OTHER_EDITION: 1})


def test_editions_counts_a_damaged_row_too(database: Path) -> None:
    keep(dataclasses.replace(rows(1)[0], envelope=b"short"))
    assert (count(EDITION), editions()) == (0, {"": 1})


def test_envelopes_while_another_writes_are_not_locked(database: Path) -> None:
    for row in rows(3):
        keep(row)
    reading = envelopes(EDITION)
    next(reading)
    assert keep(dataclasses.replace(rows(1)[0], row_id=2**63 - 1)) is Kept.NEW


def test_keep_the_largest_envelope_needs_no_overflow_page(database: Path) -> None:
    (row,) = random_rows(1, Random(1), size=LARGEST_ENVELOPE)
    before = asked(database, "PRAGMA page_count")
    keep(row)
    assert asked(database, "PRAGMA page_count") == before


def test_one_byte_more_than_the_largest_would_overflow(database: Path) -> None:
    """The limit is exact: SQLite itself, without our check, takes an overflow page for the next byte."""
    (row,) = random_rows(1, Random(1), size=LARGEST_ENVELOPE + 1)
    ((before,),) = asked(database, "PRAGMA page_count")
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("INSERT INTO store_response VALUES (?, ?, ?)", (row.row_id, row.key_id, row.envelope))
        raw.commit()
    assert asked(database, "PRAGMA page_count") == [(before + 1,)]


def test_keep_a_larger_envelope_is_refused(database: Path) -> None:
    (row,) = random_rows(1, Random(1), size=LARGEST_ENVELOPE + 1)
    assert (code_of_keep(row), editions()) == ("STORE_012", {})


def test_keep_within_a_transaction_is_refused(database: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside of transactions"):
        keep(rows(1)[0])


def test_keep_is_on_the_disk_when_it_returns(database: Path) -> None:
    """Another connection sees the row, and the journal that could take it back is empty."""
    keep(rows(1)[0])
    assert asked(database, "SELECT row_id FROM store_response") == [(rows(1)[0].row_id,)]
    assert [file.name for file in database.parent.iterdir() if file.stat().st_size] == [database.name]


def test_keep_survives_a_kill_right_after_it_was_answered(database: Path) -> None:
    script = (
        "import sys; from kuule.store.database import configure; from kuule.store.responses import keep\n"
        "from tests.sealing.rows import rows\n"
        "configure('sqlite:///' + sys.argv[1])\n"
        "for row in rows(200): print(row.row_id, keep(row).name, flush=True)"
    )
    process = python(script, str(database))
    assert process.stdout is not None
    thanked = [process.stdout.readline() for _ in range(40)]
    process.kill()
    thanked += process.communicate(timeout=60)[0].splitlines()
    ids = {int(line.split()[0]) for line in thanked if line.strip().endswith("NEW")}
    kept = {row.row_id for row in envelopes(EDITION)}
    assert len(ids) >= 40
    assert ids <= kept
    assert asked(database, "PRAGMA integrity_check") == [("ok",)]


def test_keep_by_two_processes_at_once_keeps_each_row_once(database: Path) -> None:
    script = (
        "import sys; from random import Random; from kuule.store.database import configure\n"
        "from kuule.store.responses import keep; from tests.sealing.rows import rows\n"
        "configure('sqlite:///' + sys.argv[1]); mine = Random(sys.argv[2]).sample(rows(150), 150)\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(' '.join(keep(row).name for row in mine))"
    )
    processes = [python(script, str(database), name) for name in ("one", "two")]
    set_off(processes)
    answers = [process.communicate(timeout=120) for process in processes]
    assert [errors for _, errors in answers] == ["", ""]
    said = [word for output, _ in answers for word in output.split()]
    assert (said.count("NEW"), said.count("ALREADY")) == (150, 150)
    found = list(envelopes(EDITION))
    assert [row.row_id for row in found] == [row.row_id for row in rows(150)]
    records = {open_sealed(row, KEY, study_id=STUDY, edition_id=EDITION) for row in found}
    assert records == {f"person {number}".encode() for number in range(150)}


def test_keep_on_a_full_disk_says_so_and_keeps_what_was_there(database: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 3}")
    arrived = random_rows(100, Random(3), size=16_000)
    kept, refused = [], []
    for row in arrived:
        try:
            keep(row)
        except StoreError as error:
            refused.append(error.problems[0].code)
        else:
            kept.append(row)
    assert len(kept) >= 8
    assert refused == ["STORE_004"] * (100 - len(kept))
    assert list(envelopes(RANDOM_EDITION)) == sorted(kept, key=lambda row: row.row_id)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    missing = arrived[-1]
    assert (keep(missing), keep(missing)) == (Kept.NEW, Kept.ALREADY)


def test_keep_while_another_holds_the_lock_waits_then_says(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert code_of_keep(rows(1)[0]) == "STORE_003"
        other.rollback()
    assert keep(rows(1)[0]) is Kept.NEW


def test_keep_into_a_database_that_was_deleted_meanwhile_is_not_answered_with_thanks(database: Path) -> None:
    keep(rows(2)[0])
    database.unlink()
    assert code_of_keep(rows(2)[1]) == "STORE_005"


def test_keep_by_a_new_connection_into_a_database_that_is_gone_makes_none(database: Path) -> None:
    connection.close()
    database.unlink()
    assert (code_of_keep(rows(1)[0]), database.exists()) == ("STORE_007", False)


def test_keep_into_a_database_that_cannot_be_written(database: Path) -> None:
    keep(rows(2)[0])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    assert code_of_keep(rows(2)[1]) == "STORE_005"


def test_keep_into_a_damaged_database(database: Path) -> None:
    for row in rows(30):
        keep(row)
    connection.close()
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(65536)
        file.write(os.urandom(size - 65536))
    assert code_of_keep(rows(31)[0]) == "STORE_006"


def test_keep_before_prepare_is_told(tmp_path: Path, database: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE store_response")
    assert code_of_keep(rows(1)[0]) == "STORE_009"
