"""Writing to the disk, together: what several threads of a process want to write at one time is one transaction.

No thread goes on before its work is on the disk. One connection writes for the whole process, so that a server with
hundreds of threads needs few connections, and one commit (which waits for the disk) serves many threads.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar, cast

from django.db import DataError, IntegrityError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, failure_problem, is_transient
from kuule.store.location.database_name import database_name
from kuule.store.location.identity import check_identity
from kuule.store.sqlite.file_lock import lock_database_folder

_T = TypeVar("_T")
Work = Callable[[CursorWrapper, bool], Any]

_MOST_TOGETHER = 64
"""How many works share one transaction: with the largest envelopes, 4 MiB of a journal."""
RETRY_SECONDS = 3.0
"""Seconds during which a write is tried again after the connection broke, before whoever waits is told."""
_PAUSE = 0.1
_OWN_FAULT = (IntegrityError, DataError)


class _Waiting:
    """A work that a thread is waiting for, and its outcome."""

    __slots__ = ("done", "fault", "may_be_kept", "problem", "result", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.may_be_kept = False
        self.done = False
        self.result: Any = None
        self.problem: Problem | None = None
        self.fault: Exception | None = None

    def outcome(self) -> Any:
        if self.problem is not None:
            raise StoreError(self.problem) from self.fault
        if self.fault is not None:
            raise self.fault
        return self.result


class _Writer:
    """The queue of a process and the connection that empties it. The thread whose turn it is writes for all that
    wait."""

    def __init__(self) -> None:
        self._queue: list[_Waiting] = []
        self._queued = threading.Lock()
        self._turn = threading.Lock()
        self._wrapper: BaseDatabaseWrapper | None = None

    def write(self, work: Work) -> Any:
        waiting = _Waiting(work)
        with self._queued:
            self._queue.append(waiting)
        with self._turn:
            if not waiting.done:
                with self._queued:
                    together, self._queue = self._queue[:_MOST_TOGETHER], self._queue[_MOST_TOGETHER:]
                self._settle(together)
                if not waiting.done:  # more than one transaction was waiting before this one
                    with self._queued:
                        self._queue.remove(waiting)
                    self._settle([waiting])
        return waiting.outcome()

    def close(self) -> None:
        """Close the connection. The next work opens one to what is configured then."""
        with self._turn:
            self._drop()

    @contextmanager
    def connection(self) -> Iterator[BaseDatabaseWrapper]:
        """The connection, while no other thread has it."""
        with self._turn:
            yield self._connected()

    def _settle(self, together: list[_Waiting]) -> None:
        """Do all works in one transaction, and again without those that fail, until the rest is stored."""
        until = time.monotonic() + RETRY_SECONDS
        left = list(together)
        try:
            while left:
                try:
                    with lock_database_folder(connection.settings_dict):
                        left = self._transaction(left)
                except DATABASE_ERRORS as error:
                    self._drop()
                    if not is_transient(error) or time.monotonic() > until:
                        _fail(left, error)
                        break
                    time.sleep(_PAUSE)
                except StoreError as error:
                    for waiting in left:
                        waiting.problem, waiting.fault = error.problems[0], error
                    break
        except BaseException as error:
            # Memory ran out, or the writing thread is being stopped: none of those that wait may be left without an
            # answer.
            _fail(left, error if isinstance(error, Exception) else InterruptedError())
            self._drop()
            if not isinstance(error, Exception):
                raise
        finally:
            for waiting in together:
                waiting.done = True

    def _transaction(self, left: list[_Waiting]) -> list[_Waiting]:
        """Begin, work, commit. Returns what is left to do: where one work fails, all others, undone."""
        wrapper = self._connected()
        with wrapper.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if wrapper.vendor == "sqlite" else "BEGIN")
            for waiting in left:
                try:
                    waiting.result = waiting.work(cursor, waiting.may_be_kept)
                except Exception as fault:  # it is handed to the thread whose work it is
                    if isinstance(fault, DATABASE_ERRORS) and not isinstance(fault, _OWN_FAULT):
                        raise
                    cursor.execute("ROLLBACK")
                    waiting.problem = (
                        failure_problem(fault, database_name()) if isinstance(fault, DATABASE_ERRORS) else None
                    )
                    waiting.fault = fault
                    return [other for other in left if other is not waiting]
            for waiting in left:
                waiting.may_be_kept = True
            cursor.execute("COMMIT")
        return []

    def _connected(self) -> BaseDatabaseWrapper:
        if self._wrapper is None:
            wrapper = connections.create_connection("default")
            wrapper.inc_thread_sharing()
            try:
                check_identity(wrapper)
            except BaseException:
                wrapper.close()
                raise
            self._wrapper = wrapper
        return self._wrapper

    def _drop(self) -> None:
        wrapper, self._wrapper = self._wrapper, None
        if wrapper is not None:
            with suppress(*DATABASE_ERRORS):
                wrapper.close()


def _fail(left: list[_Waiting], error: Exception) -> None:
    problem = failure_problem(error, database_name())
    for waiting in left:
        waiting.problem, waiting.fault = problem, error


class _Running:
    """The writer of this process. A fork has its own, since connections to a database cannot be shared."""

    writer = _Writer()

    @classmethod
    def begin_anew(cls) -> None:
        cls.writer = _Writer()


os.register_at_fork(after_in_child=_Running.begin_anew)


def write(work: Callable[[CursorWrapper, bool], _T]) -> _T:
    """Do `work` within a transaction that others may share. Returns what it returns, once that is on the disk.

    `work` is given a cursor, and whether an earlier attempt may have been stored after all: where the connection breaks
    during a commit, all works are done again. Raises StoreError where it could not be stored, and what `work` raises;
    then nothing was stored.
    """
    if connection.in_atomic_block:
        raise RuntimeError("what is kept is kept outside of transactions, or the thanks could come before the disk")
    return cast("_T", _Running.writer.write(work))


def writer_connection() -> Any:
    """The writer's connection; while the block runs nobody else writes."""
    return _Running.writer.connection()


def close_writer() -> None:
    """Close the writer's connection, before this process forks or switches to another database."""
    _Running.writer.close()
