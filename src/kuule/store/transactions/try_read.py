"""A read that does not wait, so that pages are answered even while the store is being rewritten or is gone.

If the store is not free, a read gives up after a quarter of a second, and for two seconds no other read is tried. Who
waits at all steps aside from their place, and the first of those who wait reads for all of them as soon as the store is
free: a file is locked for as long as the disk takes for a commit, and free for a millisecond or two until the next one.
Each on their own missed that again and again (decision 0141).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Any, TypeVar, cast

from django.db.backends.utils import CursorWrapper

from kuule.core.computing_place import step_aside
from kuule.core.problems import StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, failure_problem
from kuule.store.location.database_name import database_name
from kuule.store.transactions.readers import MAX_READERS, NoFreeConnection, read
from kuule.store.transactions.turn_queue import TurnQueue, WaitingThread

_T = TypeVar("_T")
LOCK_PATIENCE = 0.25
"""How many seconds a read waits for a lock."""
_AT_ONCE = 0.0
_ATTEMPT_SECONDS = 0.008
"""How many of these the database itself waits: at a place, and for those who have stepped aside. SQLite tries again
after 1, 3 and 8 ms, and later ever more seldom; PostgreSQL waits for a millisecond at least."""
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


class _StillLocked(Exception):
    """The store is locked by another process, or all connections of this one wait for it."""


class _AllInUse(Exception):
    """All connections that may be used for this are in use."""


class _WaitingRead(WaitingThread):
    """A read that a thread is waiting for, and what it found."""

    __slots__ = ("fault", "found", "work")

    def __init__(self, work: Callable[[CursorWrapper], Any]) -> None:
        super().__init__()
        self.work = work
        self.found: Any = None
        self.fault: Exception | None = None

    def look(self, cursor: CursorWrapper) -> None:
        """Read it. A failure of the store is raised; any other is of this read alone, and of no other thread."""
        self.found = self.fault = None
        try:
            self.found = self.work(cursor)
        except Exception as fault:  # it is raised in the thread whose read failed
            if isinstance(fault, DATABASE_ERRORS):
                raise
            self.fault = fault

    def outcome(self) -> Any:
        if self.fault is not None:
            raise self.fault
        return self.found


class _ReadQueue(TurnQueue):
    """Those of this process who wait until the store is free. The first one reads for all of them."""

    def read(self, work: Callable[[CursorWrapper], _T]) -> _T | None:
        waiting = _WaitingRead(work)
        self._wait(waiting, self._read_for_all)
        return cast("_T | None", waiting.outcome())

    def _read_for_all(self) -> None:
        """Read what those want who wait when the store is free, or when it is given up: then they find nothing."""
        until, together, was_read = time.monotonic() + LOCK_PATIENCE, list[_WaitingRead](), None
        try:
            while was_read is None and not RetryPause.is_on():
                with self._queued:
                    together = list(self._queue)
                looks = [waiting.look for waiting in together]
                with suppress(_StillLocked):
                    was_read = _read(looks, _ATTEMPT_SECONDS, turn_patience=LOCK_PATIENCE) is not None
                if was_read is None and time.monotonic() > until:
                    RetryPause.begin()
        except _AllInUse:
            pass
        finally:
            self._end(together if was_read else None)

    def _end(self, were_read: Sequence[_WaitingRead] | None) -> None:
        """Let those go on for whom the store was read; all, and with nothing, where it was not."""
        with self._queued:
            together = list(self._queue) if were_read is None else were_read
            for waiting in together:
                waiting.done = True
                if were_read is None:
                    waiting.found = waiting.fault = None
            self._queue[:] = [waiting for waiting in self._queue if not waiting.done]
            leader = self._end_turn()
        for waiting in together:
            if waiting is not leader:
                waiting.over.release()


class _Running:
    """The queue of this process. A fork has its own."""

    queue = _ReadQueue()

    @classmethod
    def begin_anew(cls) -> None:
        cls.queue = _ReadQueue()


os.register_at_fork(after_in_child=_Running.begin_anew)


def try_read(work: Callable[[CursorWrapper], _T]) -> _T | None:
    """What `work` reads with a cursor, or None if the store does not answer at once. Raises no StoreError."""
    if RetryPause.is_on():
        return None
    with suppress(_StillLocked, _AllInUse):
        found = _read([work], _AT_ONCE, turn_patience=0.0)
        return found[0] if found else None
    with step_aside():
        return _Running.queue.read(work)


def _read(works: Sequence[Callable[[CursorWrapper], _T]], patience: float, *, turn_patience: float) -> list[_T] | None:
    """What each finds, or None if the store fails. Raises _StillLocked, _AllInUse."""
    if not TURNS.acquire(timeout=turn_patience):
        raise _AllInUse
    try:
        found, is_locked = read(lambda cursor: _look(cursor, works), patience=patience)
    except NoFreeConnection as error:
        # Those who have them wait for the store as long as it takes, or are done in a moment.
        raise _StillLocked from error
    except StoreError as error:
        if error.problems[0].code == _LOCKED:  # while the connection was opened
            raise _StillLocked from error
        RetryPause.begin()
        return None
    finally:
        TURNS.release()
    if is_locked:
        raise _StillLocked
    return found


def _look(cursor: CursorWrapper, works: Sequence[Callable[[CursorWrapper], _T]]) -> tuple[list[_T] | None, bool]:
    """What each finds, and whether the store was locked. The connection is intact then and stays open; another one
    would have to wait for the same lock."""
    if RetryPause.is_on():
        return None, False
    in_one = len(works) > 1 and cursor.db.vendor == "sqlite"  # no commit comes between two of them
    try:
        if in_one:
            cursor.execute("BEGIN")
        return [work(cursor) for work in works], False
    except DATABASE_ERRORS as error:
        if failure_problem(error, "").code != _LOCKED:
            raise
        return None, True
    finally:
        if in_one:
            cursor.execute("COMMIT")
