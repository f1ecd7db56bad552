"""Connections to SQLite. Each has every guarantee, or it is not opened.

The journal is TRUNCATE with synchronous=FULL: after every commit the journal is emptied, and this is synced to the
disk. So a commit that was confirmed survives a power cut, and no copies of pages stay in the folder. A write-ahead log
would be faster, but would contain the order of arrival. https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

PAGE_SIZE = 65_536

PRAGMAS = (
    f"PRAGMA page_size = {PAGE_SIZE}",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
)

SMALL_CACHE = ("PRAGMA cache_size = -512", "PRAGMA shrink_memory")
"""A cache of half a MiB (8 pages), where SQLite itself has two. The second gives back the 1.4 MiB that SQLite takes
before it is told of the first. A look at a page finds as much in it: whatever is kept empties it."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django requires the name. Django's own option for such commands leaves the connection open if one of them
    fails."""

    has_small_cache = False
    """Whether its next connection only looks rows up by their keys."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        try:
            for pragma in (*PRAGMAS, *(SMALL_CACHE if self.has_small_cache else ())):
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
