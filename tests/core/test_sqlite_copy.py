"""A copy of a database that others use, or that nobody uses, and what is left of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kuule.core.sqlite_copy import copy_sqlite


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """In a log of its own, as that of the workbench is; its name is one that an address would read otherwise."""
    path = tmp_path / "who? #1.sqlite3"
    with closing(sqlite3.connect(path)) as line:
        line.execute("PRAGMA journal_mode = WAL")
        line.execute("CREATE TABLE t (a)")
        with line:
            line.execute("INSERT INTO t VALUES (1)")
    return path


def rows(path: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(path)) as line:
        return line.execute("SELECT a FROM t ORDER BY a").fetchall()


def test_copy_of_one_that_nobody_uses_leaves_nothing_beside_it(source: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    copy_sqlite(source, tmp_path / "to" / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["to", source.name]
    assert rows(tmp_path / "to" / "copy") == [(1,)]
    assert (tmp_path / "to" / "copy").stat().st_mode & 0o777 == 0o600


def test_copy_of_one_that_is_written_to_has_what_was_committed(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as line:
        with line:
            line.execute("INSERT INTO t VALUES (2)")
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO t VALUES (3)")
        copy_sqlite(source, tmp_path / "copy")
        line.rollback()
    assert rows(tmp_path / "copy") == [(1,), (2,)]


def test_nothing_is_made_where_there_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        copy_sqlite(tmp_path / "none", tmp_path / "copy")
    assert not (tmp_path / "none").exists()
