"""The workbench's own database, read and altered as whoever holds the file could."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE
from tests.workbench.workbench_for_tests import Workbench


def asked(site: Workbench, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """What a query gives; what it changes is kept."""
    with closing(sqlite3.connect(site.data / "accounts.sqlite3", timeout=PATIENCE)) as line, line:
        return line.execute(query, values).fetchall()


def files_with(site: Workbench, text: str) -> list[str]:
    """The files of the data folder in which a text is."""
    return [path.name for path in sorted(site.data.rglob("*")) if path.is_file() and text.encode() in path.read_bytes()]


def copy_data(site: Workbench, to: Path) -> Path:
    """A copy of what a workbench that runs has on the disk. SQLite's own files beside the database come and go with
    its requests, so the database is copied as SQLite copies one."""
    shutil.copytree(site.data, to, ignore=shutil.ignore_patterns("accounts.sqlite3*"))
    kept, copy = (closing(sqlite3.connect(data / "accounts.sqlite3", timeout=PATIENCE)) for data in (site.data, to))
    with kept as line, copy as copied:
        line.backup(copied)
    return to


def hash_of(path: str) -> str:
    """What the database keeps of an invitation's path."""
    return sha256(path.removeprefix("/join/").encode()).hexdigest()
