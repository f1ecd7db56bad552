"""A copy of a SQLite database that others use meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kuule.core.files import create_private_file


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database as it is in one moment, into a new file that only this user may read. Nothing is left beside the
    source, as a reader that may not write leaves a log that others cannot use. Raises OSError, sqlite3.Error."""
    create_private_file(target).close()
    with (
        closing(sqlite3.connect(f"file:{quote(str(source.absolute()))}?mode=rw", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
