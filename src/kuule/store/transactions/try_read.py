"""A read that keeps nobody waiting: pages are answered even while the store is being rewritten, or is gone.

A read that does not find the store free gives up after a quarter of a second, and for two seconds nobody tries again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from django.db.backends.utils import CursorWrapper

from kuule.core.problems import StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, failure_problem
from kuule.store.location.database_name import database_name
from kuule.store.transactions.readers import MAX_READERS, read

_T = TypeVar("_T")
LOCK_PATIENCE = 0.25
"""Seconds that a read waits for a lock."""
PAUSE_SECONDS = 2.0
"""Seconds in which nobody tries, after somebody found the store locked or gone."""
_LOCKED = "STORE_003"
TURNS = BoundedSemaphore(MAX_READERS)


class RetryPause:
    """Until when nobody tries to read, on a clock that only grows, and of which store."""

    until = float("-inf")
    store = ""

    @classmethod
    def begin(cls) -> None:
        cls.until, cls.store = time.monotonic() + PAUSE_SECONDS, database_name()

    @classmethod
    def is_on(cls) -> bool:
        return cls.until > float("-inf") and time.monotonic() < cls.until and cls.store == database_name()


def try_read(work: Callable[[CursorWrapper], _T]) -> _T | None:
    """What `work` reads with a cursor, or None where the store does not answer at once. Raises no StoreError."""
    if RetryPause.is_on() or not TURNS.acquire(timeout=LOCK_PATIENCE):
        return None
    try:
        return read(lambda cursor: _look(cursor, work), patience=LOCK_PATIENCE)
    except StoreError:
        RetryPause.begin()
        return None
    finally:
        TURNS.release()


def _look(cursor: CursorWrapper, work: Callable[[CursorWrapper], _T]) -> _T | None:
    if RetryPause.is_on():
        return None
    try:
        return work(cursor)
    except DATABASE_ERRORS as error:
        if failure_problem(error, "").code != _LOCKED:
            raise
        # The connection is intact and stays open: another one would wait for the same lock.
        RetryPause.begin()
        return None
