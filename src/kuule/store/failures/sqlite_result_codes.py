"""SQLite's result codes in words. https://www.sqlite.org/rescode.html"""

from __future__ import annotations

import sqlite3

_PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes is the primary code."""

LOCKED = ("STORE_003", "it stayed locked by another process", "try again; if it lasts, end the process that holds it")
_DAMAGED = ("STORE_006", "it is damaged", "stop the collector, copy the file, and restore the last good copy")
_SAYINGS = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: ("STORE_004", "the disk is full", "make room; nothing that was kept before is lost"),
    sqlite3.SQLITE_READONLY: (
        "STORE_005",
        "it cannot be written, or was moved or deleted while in use",
        "give this user the right to write it and its folder, then start again",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "STORE_007",
        "it is not there, or cannot be opened",
        "look at the path, make its folder, and give this user the right to write there",
    ),
    sqlite3.SQLITE_NOTADB: (
        "STORE_008",
        "the file is no SQLite database",
        "give another path; the file is left as it is",
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}


def describe_failure(error: BaseException) -> tuple[str, str, str] | None:
    """(code, cause, remedy), or None if the error is unknown or is not from SQLite."""
    code = getattr(error, "sqlite_errorcode", None)
    return _SAYINGS.get(code & _PRIMARY) if isinstance(code, int) else None
