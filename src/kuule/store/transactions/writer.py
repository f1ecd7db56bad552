"""Writes to the database. What several threads of a process want to write at the same time becomes one transaction.

No thread goes on before its work is on the disk. One connection writes for the whole process, so that a process with
hundreds of threads needs few connections, and one commit, which has to wait for the disk, serves many threads.
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

from kuule.core.computing_place import step_aside
from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, failure_problem, is_transient
from kuule.store.location.database_name import database_name, is_cluster
from kuule.store.location.identity import check_identity
from kuule.store.postgresql.confirmed_commit import CONFIRM_SECONDS, commit_on_a_replica
from kuule.store.sqlite.file_lock import lock_database_folder
from kuule.store.transactions.turn_queue import TurnQueue, WaitingThread

_T = TypeVar("_T")
Work = Callable[[CursorWrapper, bool], Any]

MOST_TOGETHER = 64
"""How many pieces of work share a transaction: with the largest envelopes, the journal then has 4 MiB."""
RETRY_SECONDS = 3.0
"""For how many seconds a write is tried again after the connection broke, before the people who wait are told."""
_PAUSE = 0.1
_OWN_FAULT = (IntegrityError, DataError)


class _Waiting(WaitingThread):
    """A piece of work that a thread is waiting for, and its outcome."""

    __slots__ = ("fault", "may_be_kept", "problem", "result", "work")

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self.may_be_kept = False
        self.result: Any = None
        self.problem: Problem | None = None
        self.fault: Exception | None = None

    def outcome(self) -> Any:
        if self.problem is not None:
            raise StoreError(self.problem) from self.fault
        if self.fault is not None:
            raise self.fault
        return self.result


class _Writer(TurnQueue):
    """The queue of a process, and the connection that empties it.

    The first of those who wait writes for all of them. The others sleep until their work is done, or until they are the
    first: nobody whose work is done waits for the next transaction.
    """

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.Lock()
        """Held by whoever uses the connection."""
        self._wrapper: BaseDatabaseWrapper | None = None

    def write(self, work: Work) -> Any:
        waiting = _Waiting(work)
        with step_aside():
            self._wait(waiting, self._write_for_all)
        return waiting.outcome()

    def _write_for_all(self) -> None:
        """Do the work of those who wait by now, with that of this thread first, and let the next one write."""
        together: list[_Waiting] = []
        try:
            with self._turn:
                with self._queued:
                    together = self._queue[:MOST_TOGETHER]
                    del self._queue[:MOST_TOGETHER]
                self._settle(together)
        finally:
            with self._queued:
                self._end_turn()
            for waiting in together[1:]:
                waiting.over.release()

    def close(self) -> None:
        """Close the connection. The next write opens one to the database that is configured then."""
        with self._turn:
            self._drop()

    @contextmanager
    def connection(self) -> Iterator[BaseDatabaseWrapper]:
        """The connection, which no other thread uses during the block."""
        with self._turn:
            yield self._connected()

    def _settle(self, together: list[_Waiting]) -> None:
        """Do all work in one transaction, and again without what fails, until the rest is stored."""
        in_cluster = is_cluster()
        until = time.monotonic() + (CONFIRM_SECONDS if in_cluster else RETRY_SECONDS)
        left = list(together)
        try:
            while left:
                try:
                    with lock_database_folder(connection.settings_dict):
                        left = self._transaction(left, until if in_cluster else None)
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
            # Memory ran out, or the writing thread is being stopped: no thread that waits may be left without an
            # answer.
            _fail(left, error if isinstance(error, Exception) else InterruptedError())
            self._drop()
            if not isinstance(error, Exception):
                raise
        finally:
            for waiting in together:
                waiting.done = True

    def _transaction(self, left: list[_Waiting], until: float | None) -> list[_Waiting]:
        """Begin, work, commit; with `until`, on a replica as well, and until then. Returns what is left to do: if one
        piece of work fails, all the others, which were rolled back."""
        wrapper = self._connected()
        with wrapper.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if wrapper.vendor == "sqlite" else "BEGIN")
            for waiting in left:
                try:
                    waiting.result = waiting.work(cursor, waiting.may_be_kept)
                except Exception as fault:  # it is raised in the thread whose work failed
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
            if until is None:
                cursor.execute("COMMIT")
            else:
                commit_on_a_replica(wrapper, cursor, until=until)
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
    """The writer of this process. A fork has its own, because connections to a database cannot be shared."""

    writer = _Writer()

    @classmethod
    def begin_anew(cls) -> None:
        cls.writer = _Writer()


os.register_at_fork(after_in_child=_Running.begin_anew)


def write(work: Callable[[CursorWrapper, bool], _T]) -> _T:
    """Do `work` within a transaction that other threads may share. Returns what `work` returns, once it is on the disk.

    `work` is given a cursor, and whether an earlier attempt may have been stored after all: if the connection breaks
    during a commit, everything is done again. Raises StoreError if it could not be stored, and whatever `work` raises;
    nothing was stored then.
    """
    if connection.in_atomic_block:
        raise RuntimeError("what is kept is kept outside of transactions, or the thanks could come before the disk")
    return cast("_T", _Running.writer.write(work))


def writer_connection() -> Any:
    """The connection of the writer. While the block runs, nobody else writes."""
    return _Running.writer.connection()


def close_writer() -> None:
    """Close the writer's connection, before this process forks or switches to another database."""
    _Running.writer.close()


def lock_row_id(cursor: CursorWrapper, row_id: int) -> None:
    """Wait until no other transaction works on this id, so that sending and withdrawing the same response never
    overlap. The lock ends with the transaction. SQLite has one writer at a time and needs no such lock."""
    if cursor.db.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (row_id,))
