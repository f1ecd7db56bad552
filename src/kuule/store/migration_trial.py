"""The migrations of a store, tried on a copy of it, so that it is known beforehand whether they succeed and how long
they take.

The copy is made by SQLite in the order of the random row ids, without what was deleted, so that it tells no more than
the store; it lies beside the store, for this user alone, and is removed at the end. What a killed trial left is removed
by the next. Whoever sends meanwhile waits until the copy is there, as during the daily rewriting.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from kuule.core.files import create_private_file
from kuule.core.problems import Problem, StoreError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.failures.database_failures import failure_problem
from kuule.store.location.database_address import SqliteAddress, read_address

_ENDING = ".upgrade-trial"


def try_migrations(database: str) -> float | None:
    """How many seconds the migrations took on a copy of a store; None on a database server, where they are not tried.

    Raises StoreError: what they would fail with, STORE_004 (no room for a copy).
    """
    address = read_address(database)
    if not isinstance(address, SqliteAddress):
        return None
    try:
        with _copy_of(address.path) as copy:
            configure(f"sqlite:///{quote(str(copy))}")
            begun = time.monotonic()
            prepare_store()
            return time.monotonic() - begun
    finally:
        configure(database)


@contextmanager
def _copy_of(path: Path) -> Iterator[Path]:
    copy = path.with_name(path.name + _ENDING)
    _remove(copy)
    try:
        create_private_file(copy).close()
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=20)) as store:
            store.execute("VACUUM INTO ?", (str(copy),))
        yield copy
    except sqlite3.Error as error:
        raise StoreError(failure_problem(error, str(path))) from error
    except OSError as error:
        cause = f"its copy for the trial cannot be made ({os.strerror(error.errno or 0).lower()})"
        remedy = "run this as the user of the collector, who may write to the folder"
        raise StoreError(Problem("STORE_007", str(path), cause, remedy)) from error
    finally:
        close_connections()
        _remove(copy)


def _remove(copy: Path) -> None:
    for name in (copy.name, f"{copy.name}-journal"):
        copy.with_name(name).unlink(missing_ok=True)
