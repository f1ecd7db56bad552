"""Which file is at the path of a database. An open connection may lead to another one, which has been moved away.

SQLite refuses to write to a file that was moved, but would go on reading from it without notice.
"""

from __future__ import annotations

import os

from django.db.backends.base.base import BaseDatabaseWrapper

from kuule.store.location.database_name import database_name


def file_identity_of(wrapper: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """The device and inode of the file at the path of the configured database; None if there is none, or on a
    server."""
    if wrapper.vendor != "sqlite":
        return None
    try:
        found = os.stat(database_name())  # noqa: PTH116 -- on every page; a Path costs as much again
    except OSError:
        return None
    return found.st_dev, found.st_ino
