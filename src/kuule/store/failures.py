"""What the database says when it does not keep what it is given, in words: one Problem for each kind of failure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import DatabaseError

from kuule.errors import Problem, StoreError

_PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes is the primary code (https://www.sqlite.org/rescode.html)."""

_LOCKED = ("STORE_003", "it stayed locked by another process", "try again; if it lasts, end the process that holds it")
_DAMAGED = ("STORE_006", "it is damaged", "stop the collector, copy the file, and restore the last good copy")
_SAYINGS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
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
_UNKNOWN = ("STORE_009", "the database refused ({})", "look at the disk, then start again")


@contextmanager
def failures_said(place: str) -> Iterator[None]:
    """Within, a failure of the database is raised as a StoreError that names it."""
    try:
        yield
    except DatabaseError as error:
        raise StoreError(problem_of(error, place)) from error


def problem_of(error: DatabaseError | sqlite3.Error, place: str) -> Problem:
    """The words for a failure, told by SQLite's result code and never by its message."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    name = getattr(cause, "sqlite_errorname", type(error).__name__)
    number, words, remedy = _SAYINGS.get(code & _PRIMARY, _UNKNOWN) if isinstance(code, int) else _UNKNOWN
    return Problem(number, place, words.format(name), remedy)
