"""Makes the file of a store: readable by this user only, with large pages, and marked as Kuule's."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import StoreError
from kuule.store.location.database_name import database_name
from kuule.store.location.recognition import APPLICATION_ID, SCHEMA_VERSION, check_file_is_ours, no_store_problem
from kuule.store.sqlite.base import PAGE_SIZE
from kuule.store.sqlite.file_lock import disk_problem, lock_database_folder


def prepare_file(migrate: Callable[[], None], *, new: bool) -> bool:
    """Bring the tables of a file up to this version, one process at a time, because migrations do not wait for each
    other.

    With `new`, make a store if there is no file, or an empty one. Returns whether it was made. A file that is not ours
    is left as it is.
    """
    path = Path(database_name())
    with lock_database_folder(connection.settings_dict, waiting=_AS_LONG_AS_IT_TAKES):
        made = not _has_content(path)
        if made and not new:
            raise StoreError(no_store_problem(database_name()))
        if made:
            _create(path)
        else:
            check_file_is_ours(path)
        with connection.cursor() as cursor:
            if _is_as_it_should_be(cursor):
                return False  # nothing is written, so that processes that start together do not block each other
            cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            cursor.execute("PRAGMA page_size")
            if cursor.fetchone()[0] != PAGE_SIZE:
                cursor.execute("VACUUM")
            migrate()
            cursor.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return made


def _is_as_it_should_be(cursor: CursorWrapper) -> bool:
    found = []
    for name in ("application_id", "user_version", "page_size"):
        cursor.execute(f"PRAGMA {name}")
        found.append(cursor.fetchone()[0])
    return found == [APPLICATION_ID, SCHEMA_VERSION, PAGE_SIZE]


_AS_LONG_AS_IT_TAKES = 600.0
"""In seconds: another process may be rewriting a large file."""


def _has_content(path: Path) -> bool:
    """Whether there is a file with content. Raises StoreError STORE_007 if that cannot be found out."""
    try:
        return path.is_dir() or path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(disk_problem(error, path)) from error


def _create(path: Path) -> None:
    """Make an empty file that only this user can read, unless there is one. SQLite gives its journal the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(disk_problem(error, path)) from error
