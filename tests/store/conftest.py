"""A new database for a test, through the front door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from kuule.store.database import configure, prepare


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """The path of a prepared database, which is the one that is turned to. A lock is waited for 0.2 seconds."""
    path = tmp_path / "answers.sqlite3"
    configure(f"sqlite:///{path}?timeout=0.2")
    prepare()
    yield path
    connections.close_all()
