"""A read that does not wait, so that pages are answered even while the store is being rewritten or is gone.

If the store is not free, a read gives up after a quarter of a second, and for two seconds no other read is tried. Who
waits at all steps aside from their place. They wait in a row, and the first of them looks every millisecond whether the
store is free: a file is locked for as long as the disk takes for a commit, and free for a few milliseconds until the
next one. SQLite's own wait sleeps for up to a tenth of a second between two attempts, and missed that again and again
(decision 0141).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from threading import BoundedSemaphore
from typing import TypeVar

from django.db.backends.utils import CursorWrapper

from kuule.core.computing_place import step_aside
from kuule.core.problems import StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, failure_problem
from kuule.store.location.database_name import database_name
from kuule.store.transactions.readers import MAX_READERS, read

_T = TypeVar("_T")
LOCK_PATIENCE = 0.25
"""How many seconds a read waits for a lock."""
_AT_ONCE = 0.0
"""How many of these the database itself waits. PostgreSQL waits at least for a millisecond."""
_LOOK_SECONDS = 0.001
PAUSE_SECONDS = 2.0
"""For how many seconds no read is tried after the store was found to be locked or gone."""
_LOCKED = "STORE_003"
TURNS = BoundedSemaphore(MAX_READERS)
_ROW = threading.Lock()
"""Held by the first of those who wait for a lock."""


class RetryPause:
    """Until when no read is tried, on a monotonic clock, and of which store."""

    until = float("-inf")
    store = ""

    @classmethod
    def begin(cls) -> None:
        cls.until, cls.store = time.monotonic() + PAUSE_SECONDS, database_name()

    @classmethod
    def is_on(cls) -> bool:
        return cls.until > float("-inf") and time.monotonic() < cls.until and cls.store == database_name()


class _StillLocked(Exception):
    """The store is locked by another process."""


class _AllInUse(Exception):
    """All connections that may be used for this are in use."""


def try_read(work: Callable[[CursorWrapper], _T]) -> _T | None:
    """What `work` reads with a cursor, or None if the store does not answer at once. Raises no StoreError."""
    if RetryPause.is_on():
        return None
    with suppress(_StillLocked, _AllInUse):
        return _read(work, turn_patience=0.0)
    with step_aside():
        if not _ROW.acquire(timeout=LOCK_PATIENCE):
            return None
        try:
            return _read_when_free(work, until=time.monotonic() + LOCK_PATIENCE)
        except _AllInUse:
            return None
        finally:
            _ROW.release()


def _read_when_free(work: Callable[[CursorWrapper], _T], *, until: float) -> _T | None:
    while not RetryPause.is_on():
        with suppress(_StillLocked):
            return _read(work, turn_patience=LOCK_PATIENCE)
        if time.monotonic() > until:
            RetryPause.begin()
        time.sleep(_LOOK_SECONDS)
    return None


def _read(work: Callable[[CursorWrapper], _T], *, turn_patience: float) -> _T | None:
    """One attempt. Raises _StillLocked, _AllInUse."""
    if not TURNS.acquire(timeout=turn_patience):
        raise _AllInUse
    try:
        found, is_locked = read(lambda cursor: _look(cursor, work), patience=_AT_ONCE)
    except StoreError as error:
        if error.problems[0].code == _LOCKED:  # while it was opened
            raise _StillLocked from error
        RetryPause.begin()
        return None
    finally:
        TURNS.release()
    if is_locked:
        raise _StillLocked
    return found


def _look(cursor: CursorWrapper, work: Callable[[CursorWrapper], _T]) -> tuple[_T | None, bool]:
    """What `work` reads, and whether the store was locked. The connection is intact then and stays open; another one
    would have to wait for the same lock."""
    if RetryPause.is_on():
        return None, False
    try:
        return work(cursor), False
    except DATABASE_ERRORS as error:
        if failure_problem(error, "").code != _LOCKED:
            raise
        return None, True
