"""A look at the store that keeps nobody waiting: pages are answered also while it is being rewritten, or is gone.

A look that does not find it free gives up after a quarter of a second, and for two seconds nobody looks again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from django.db.backends.utils import CursorWrapper

from kuule.errors import StoreError
from kuule.store.failures import FAILURES, problem_of
from kuule.store.place import place
from kuule.store.reading import MOST_LINES, read

_T = TypeVar("_T")
PATIENCE = 0.25
"""Seconds for a lock."""
REST = 2.0
"""Seconds in which nobody looks, after one who found it locked or gone."""
_LOCKED = "STORE_003"
_TURNS = BoundedSemaphore(MOST_LINES)


class _Rest:
    """Until when nobody looks, on a clock that only grows, and at which store."""

    until = float("-inf")
    store = ""

    @classmethod
    def begin(cls) -> None:
        cls.until, cls.store = time.monotonic() + REST, place()

    @classmethod
    def is_on(cls) -> bool:
        return cls.until > float("-inf") and time.monotonic() < cls.until and cls.store == place()


def glance(work: Callable[[CursorWrapper], _T]) -> _T | None:
    """What `work` reads with a cursor, or None where the store does not answer at once. Raises nothing of the store."""
    if _Rest.is_on() or not _TURNS.acquire(timeout=PATIENCE):
        return None
    try:
        return read(lambda cursor: _look(cursor, work), patience=PATIENCE)
    except StoreError:
        _Rest.begin()
        return None
    finally:
        _TURNS.release()


def _look(cursor: CursorWrapper, work: Callable[[CursorWrapper], _T]) -> _T | None:
    if _Rest.is_on():
        return None
    try:
        return work(cursor)
    except FAILURES as error:
        if problem_of(error, "").code != _LOCKED:
            raise
        # The line is whole and stays open: to open another would wait for the same lock.
        _Rest.begin()
        return None
