"""A database file that is moved away or replaced while a line to it is open: the old one is not read on, unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kuule.errors import StoreError
from kuule.store import glance as glancing
from kuule.store.reading import read
from kuule.store.responses import keep
from kuule.store.withdrawals import Standing, standing, withdrawn
from tests.sealing.rows import rows


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glancing._Rest, "until", float("-inf"))


def count() -> int:
    return int(read(lambda cursor: cursor.execute("SELECT count(*) FROM store_response").fetchone()[0]))


def test_file_that_was_replaced_is_read_from_then_on(database: Path) -> None:
    first, second = rows(2)
    keep(first)
    shutil.copy2(database, database.with_name("copy"))
    keep(second)
    assert (count(), standing(second.row_id)) == (2, Standing.SENT)
    database.with_name("copy").replace(database)
    assert (count(), standing(second.row_id)) == (1, Standing.OPEN)


def test_file_that_was_moved_away_is_gone(database: Path) -> None:
    row, another = rows(2)
    keep(row)
    assert count() == 1
    database.rename(database.with_name("away"))
    assert standing(row.row_id) is None
    with pytest.raises(StoreError):
        withdrawn()
    with pytest.raises(StoreError):
        keep(another)


def test_file_that_comes_back_is_read_again(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = rows(1)
    keep(row)
    database.rename(database.with_name("away"))
    assert standing(row.row_id) is None
    database.with_name("away").rename(database)
    monkeypatch.setattr(glancing._Rest, "until", float("-inf"))
    assert (count(), standing(row.row_id)) == (1, Standing.SENT)
