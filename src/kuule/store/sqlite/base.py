"""A connection has every guarantee or is none.

The journal: TRUNCATE with synchronous=FULL. After every commit the journal is emptied and the emptiness is synced, so a
commit that was answered survives a power cut, and no copy of pages stays in the folder. A write-ahead log would be
faster and is the order of arrival itself. https://www.sqlite.org/pragma.html#pragma_synchronous
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
    """Named so by Django. Its own option for such commands leaves the connection open where one of them fails."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
