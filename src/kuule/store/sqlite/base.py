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


class DatabaseWrapper(base.DatabaseWrapper):
    """Django requires the name. Django's own option for such commands leaves the connection open if one of them
    fails."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
