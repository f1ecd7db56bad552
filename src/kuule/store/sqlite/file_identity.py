"""Which file stands at a database's path: a line that was opened before may be to another, which was moved away.

SQLite itself refuses to write to a file that was moved. Reading goes on from the old one, unseen.
"""

from __future__ import annotations

import os

from django.db.backends.base.base import BaseDatabaseWrapper

from kuule.store.location.database_name import database_name


def file_identity_of(line: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """The device and the number of the file at the path of the configured database, as it is now; None where there is
    none, or where a server keeps it."""
    if line.vendor != "sqlite":
        return None
    try:
        found = os.stat(database_name())  # noqa: PTH116 -- on every page; a Path costs as much again
    except OSError:
        return None
    return found.st_dev, found.st_ino
