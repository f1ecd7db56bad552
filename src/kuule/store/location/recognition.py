"""Whether a file is a store, checked before anything touches it, so that another program's file is left as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import failure_problem

APPLICATION_ID = 0x4B55_554C
"""The mark in the header of the file ("KUUL"), which distinguishes a store from other databases."""
SCHEMA_VERSION = 9
"""The version in the header of the file (user_version). Each migration raises it."""


def no_store_problem(place: str) -> Problem:
    """The problem STORE_025: there is no store where one should be."""
    cause = "there is no store here: it was never made, or the disk that holds it is not mounted"
    remedy = "mount the disk; for a new survey make one, once: `kuule database new --database ADDRESS`"
    return Problem("STORE_025", place, cause, remedy)


def check_file_is_ours(path: Path) -> None:
    """Raise StoreError STORE_007 (not there), STORE_008 (no database), STORE_010 (another program's database),
    STORE_011 (made by a newer Kuule), STORE_013 (an empty file)."""
    if path.is_dir():
        raise _foreign("STORE_007", path, "this is a folder", "give the path of a file in it")
    application, schema = _marks(path)
    if not path.stat().st_size:
        raise _foreign("STORE_013", path, "the file is empty", "give the database that a collector uses")
    if application != APPLICATION_ID:
        raise _foreign(
            "STORE_010", path, "this is a database of something else", "give another path; it is left as it is"
        )
    if schema > SCHEMA_VERSION:
        cause = f"its tables are of version {schema}, and this Kuule knows up to {SCHEMA_VERSION}"
        raise _foreign("STORE_011", path, cause, "use the version of Kuule that made it, or a newer one")


def _marks(path: Path) -> tuple[int, int]:
    """The mark and the version of a file, read by SQLite: closing the file ourselves would drop the locks of other
    threads.

    https://www.sqlite.org/howtocorrupt.html, section 2.2. "immutable" leaves the file and its journal untouched.
    """
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as database:
            application, schema = (
                database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
            )
    except sqlite3.Error as error:
        raise StoreError(failure_problem(error, str(path))) from error
    return application, schema


def _foreign(code: str, path: Path, cause: str, remedy: str) -> StoreError:
    return StoreError(Problem(code, str(path), cause, remedy))
