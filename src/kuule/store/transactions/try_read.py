"""A read that does not wait, so that pages are answered even while the store is being rewritten or is gone.

If the store is not free, a read gives up after a quarter of a second, and for two seconds no other read is tried.
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
"""How many seconds a read waits for a lock."""
PAUSE_SECONDS = 2.0
"""For how many seconds no read is tried after the store was found to be locked or gone."""
_LOCKED = "STORE_003"
TURNS = BoundedSemaphore(MAX_READERS)


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


def try_read(work: Callable[[CursorWrapper], _T]) -> _T | None:
    """What `work` reads with a cursor, or None if the store does not answer at once. Raises no StoreError."""
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
        # The connection is intact and stays open; another one would have to wait for the same lock.
        RetryPause.begin()
        return None
