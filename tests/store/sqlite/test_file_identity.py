"""A database file that is moved away or replaced while a line to it is open: the old one is not read on, unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kuule.core.problems import StoreError
from kuule.store.rows.responses import save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.rows.withdrawals import withdrawn_row_ids
from kuule.store.transactions import try_read as glancing
from kuule.store.transactions.readers import read
from tests.sealing.rows import rows


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glancing.RetryPause, "until", float("-inf"))


def count() -> int:
    return int(read(lambda cursor: cursor.execute("SELECT count(*) FROM store_response").fetchone()[0]))


def test_file_that_was_replaced_is_read_from_then_on(database: Path) -> None:
    first, second = rows(2)
    save_response(first)
    shutil.copy2(database, database.with_name("copy"))
    save_response(second)
    assert (count(), visit_status(second.row_id)) == (2, VisitStatus.SENT)
    database.with_name("copy").replace(database)
    assert (count(), visit_status(second.row_id)) == (1, VisitStatus.OPEN)


def test_file_that_was_moved_away_is_gone(database: Path) -> None:
    row, another = rows(2)
    save_response(row)
    assert count() == 1
    database.rename(database.with_name("away"))
    assert visit_status(row.row_id) is None
    with pytest.raises(StoreError):
        withdrawn_row_ids()
    with pytest.raises(StoreError):
        save_response(another)


def test_file_that_comes_back_is_read_again(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = rows(1)
    save_response(row)
    database.rename(database.with_name("away"))
    assert visit_status(row.row_id) is None
    database.with_name("away").rename(database)
    monkeypatch.setattr(glancing.RetryPause, "until", float("-inf"))
    assert (count(), visit_status(row.row_id)) == (1, VisitStatus.SENT)
