"""What a thief of a backup, or of a store that was restored, learns of when and in which order answers came.

The looks are those of tests/store, which find the order in a table as a framework would make it.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from kuule.backup.backup_file import BackupFile
from kuule.store.database import close_connections, configure
from kuule.store.rows.responses import save_response
from kuule.usecases.recovery.store_restoring import restore_store
from tests.store.conftest import Kept
from tests.store.files import offsets, page_order, rank_correlation
from tests.store.postgresql.test_table_rewriting import LOOKS, by_place_in_the_log, by_transaction
from tests.store.test_rewriting import CHANCE, FOUND
from tests.usecases.recovery.answered import Answered

pytestmark = pytest.mark.slow
ARRIVED = 300


@pytest.fixture
def arrived(in_file: Answered) -> Answered:
    """The order of arrival is known here, and stands in the store until it is rewritten."""
    rows = in_file.sealed(ARRIVED, Random(31))  # those of other tests are in the log of a server that they share
    configure(in_file.url)
    for row in rows:
        save_response(row)
    close_connections()
    return replace(in_file, rows=rows)


def test_order_is_not_in_a_backup(arrived: Answered) -> None:
    made = arrived.back_up()
    places = offsets(made.path, [row.envelope for row in arrived.rows])
    assert min(places) >= 0
    assert abs(rank_correlation(places)) < CHANCE
    by_key = sorted(arrived.rows, key=lambda row: row.row_id)
    found = offsets(made.path, [row.envelope for row in by_key])
    assert found == sorted(found), "the place is a function of the random ids and of nothing else"


def test_look_would_have_found_it(arrived: Answered) -> None:
    """Written as they came, as a copy of a log would have them."""
    path = arrived.folder / "naive"
    path.write_bytes(b"".join(row.envelope for row in arrived.rows))
    assert rank_correlation(offsets(path, [row.envelope for row in arrived.rows])) > FOUND


def test_no_time_is_in_a_backup_but_its_day(arrived: Answered) -> None:
    made = arrived.back_up()
    with tarfile.open(made.path, "r:") as tar:
        assert {member.mtime for member in tar.getmembers()} == {0}
    assert made.path.stat().st_mtime % 86_400 == 0


def test_backup_is_the_same_in_whatever_order_answers_came(arrived: Answered, empty_file: Kept) -> None:
    """Stronger: nothing but the set of rows makes the bytes."""
    first = arrived.back_up()
    content = first.path.read_bytes()
    restore_store(BackupFile(first.path), first.manifest, empty_file.url)
    again = replace(arrived, kept=empty_file).back_up()
    assert again.path.read_bytes() == content


def test_order_is_not_in_a_file_that_was_restored(arrived: Answered, empty_file: Kept) -> None:
    made = arrived.back_up()
    restore_store(BackupFile(made.path), made.manifest, empty_file.url)
    assert empty_file.path is not None
    found = page_order(offsets(empty_file.path, [row.envelope for row in arrived.rows]))
    assert min(found) >= 0
    assert abs(rank_correlation(found)) < CHANCE


def test_order_is_nowhere_on_a_server_that_was_restored(arrived: Answered, empty_server: Callable[[], Kept]) -> None:
    made, to = arrived.back_up(), empty_server()
    restore_store(BackupFile(made.path), made.manifest, to.url)
    by_key = sorted(arrived.rows, key=lambda row: row.row_id)
    for look in ("place", "number of the value", "place of the value"):
        found = LOOKS[look](to, by_key, "store_response")
        assert found == sorted(found), look
        assert min(found) >= 0, look
    assert len(set(by_transaction(to, arrived.rows, "store_response"))) == 1
    assert set(by_place_in_the_log(to, arrived.rows, "")) == {-1}, "the server's log is a new one"
