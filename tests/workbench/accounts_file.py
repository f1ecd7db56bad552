"""The workbench's own database, read and altered as whoever holds the file could."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from typing import Any

from tests.patience import PATIENCE
from tests.workbench.workbench_for_tests import Workbench


def asked(site: Workbench, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """What a query gives; what it changes is kept."""
    with closing(sqlite3.connect(site.data / "accounts.sqlite3", timeout=PATIENCE)) as line, line:
        return line.execute(query, values).fetchall()


def hash_of(path: str) -> str:
    """What the database keeps of an invitation's path."""
    return sha256(path.removeprefix("/join/").encode()).hexdigest()
