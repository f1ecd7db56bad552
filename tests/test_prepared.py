"""A store of which the tables are made at once is as one that was migrated, but for its identity."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kuule.store import database
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.location.identity import read_identity
from tests.prepared import TABLES


def made(file: Path) -> tuple[list[str], list[object], int]:
    """All that is in a new store, how the file is marked, and its identity."""
    configure(f"sqlite:///{file}")
    assert prepare_store(new=True)
    identity = read_identity()
    close_connections()
    with closing(sqlite3.connect(file)) as opened:
        marks = [
            opened.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "page_size")
        ]
        return (
            [line for line in opened.iterdump() if str(identity) not in line],
            [*marks, file.stat().st_mode],
            identity,
        )


def test_tables_are_those_of_the_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TABLES, str(tmp_path / "tables.sql"))
    first = made(tmp_path / "migrated")
    assert (tmp_path / "tables.sql").is_file()
    monkeypatch.setattr(database, "call_command", None)  # nothing is migrated any more
    second, third = made(tmp_path / "second"), made(tmp_path / "third")
    assert second[:2] == third[:2] == first[:2]
    assert len({first[2], second[2], third[2]}) == 3
