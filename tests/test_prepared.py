"""A store of which the tables are made at once is as one that was migrated, but for its identity."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kuule.store import database
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.location.identity import read_identity
from tests.loaded.loaded_process import run_loaded
from tests.prepared import TABLES
from tests.study.small_study import make_study

PREPARE = """
import sys
from pathlib import Path
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
from kuule.workbench.workbench_server import prepare_database
start_site(WorkbenchOptions(Path(sys.argv[1]), Path(sys.argv[2])))
prepare_database()
"""
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")


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


def test_tables_of_accounts_are_those_of_the_migrations(tmp_path: Path) -> None:
    study, dumps = make_study(tmp_path / "study"), []
    for name, kept in (("first", "kept"), ("second", "kept"), ("alone", "alone")):
        environment = os.environ | {TABLES: str(tmp_path / kept)}
        run_loaded([sys.executable, "-c", PREPARE, str(study), str(tmp_path / name)], env=environment, check=True)
        with closing(sqlite3.connect(tmp_path / name / "accounts.sqlite3")) as opened:
            dumps.append("\n".join(opened.iterdump()))
    first, second, alone = dumps
    assert second == first, "nothing was migrated the second time, which would have times of its own"
    assert alone != first
    assert TIME.sub("then", alone) == TIME.sub("then", first)
