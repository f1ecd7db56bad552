"""Reads over a few connections that stay open. A worker has hundreds of threads, too many for a connection each."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kuule.core.computing_place import step_aside
from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, is_transient, raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.location.identity import check_identity
from kuule.store.sqlite.base import DatabaseWrapper as SqliteWrapper
from kuule.store.sqlite.file_identity import file_identity_of

_T = TypeVar("_T")
MAX_READERS = 4
READER_WAIT_SECONDS = 20.0


class NoFreeConnection(StoreError):
    """Others of this process use all connections that it reads over (STORE_019)."""


@dataclass(slots=True)
class _Reader:
    """An open connection, the file that was at the path when it was opened, and how long it now waits for a lock."""

    wrapper: BaseDatabaseWrapper
    file: tuple[int, int] | None
    patience: float | None = None
    """In seconds. None means what the address of the database says, which every connection begins with."""
    checked: bool = False
    """Whether the connection is known to lead to the store that this process was started with."""

    @property
    def is_current(self) -> bool:
        """Whether the file at the path is still the same."""
        return file_identity_of(self.wrapper) == self.file

    def run(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """What `work` reads. The time to wait for a lock is set only if it differs from that of the last reader."""
        if self.wrapper.connection is None:
            with step_aside():
                self.wrapper.ensure_connection()
        with self.wrapper.cursor() as cursor:
            if patience != self.patience:
                cursor.execute(_wait_of(self.wrapper, patience))
                self.patience = patience
            if not self.checked:
                check_identity(self.wrapper)
                self.checked = True
            return work(cursor)

    def close(self) -> None:
        """Close the connection. If it is used again, Django opens a new one."""
        self.patience, self.checked = None, False
        with suppress(*DATABASE_ERRORS):
            self.wrapper.close()


class _ReaderPool:
    """The connections of a process, each for one reader at a time. None means one that is not open yet."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[_Reader | None] = queue.LifoQueue()
        for _ in range(MAX_READERS):
            self._free.put(None)

    def read(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        reader = self._take_free(READER_WAIT_SECONDS if patience is None else patience)
        try:
            if reader is not None and not reader.is_current:
                reader.close()
                reader = None
            reader = reader or _open_reader()
            with raise_store_errors(database_name()):
                return self._run_or_retry(reader, work, patience)
        except BaseException:
            # Whatever went wrong, the next reader begins with a new connection.
            if reader is not None:
                reader.close()
            reader = None
            raise
        finally:
            self._free.put(reader)

    def _take_free(self, patience: float) -> _Reader | None:
        """A connection that nobody uses, at once or after `patience` seconds at most. Raises NoFreeConnection."""
        with suppress(queue.Empty):
            return self._free.get_nowait()
        if patience > 0:
            with suppress(queue.Empty), step_aside():
                return self._free.get(timeout=patience)
        raise NoFreeConnection(_all_in_use())

    def close(self) -> None:
        """Close the connections that nobody uses. The next reader opens one to the database that is configured then."""
        taken = 0
        with suppress(queue.Empty):
            # Take all of them before putting one back, because the last one put is the first one taken.
            while True:
                reader = self._free.get_nowait()
                taken += 1
                if reader is not None:
                    reader.close()
        for _ in range(taken):
            self._free.put(None)

    @staticmethod
    def _run_or_retry(reader: _Reader, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """Run `work`, and once more if an idle connection had broken because the server was restarted meanwhile."""
        try:
            return reader.run(work, patience)
        except DATABASE_ERRORS as error:
            if not is_transient(error):
                raise
            reader.close()
        return reader.run(work, patience)


def _open_reader() -> _Reader:
    wrapper = connections.create_connection("default")
    wrapper.inc_thread_sharing()
    if isinstance(wrapper, SqliteWrapper):
        wrapper.has_small_cache = True
    # Look at the file first: if another one takes its place just then, the next reader notices.
    return _Reader(wrapper, file_identity_of(wrapper))


def _wait_of(wrapper: BaseDatabaseWrapper, patience: float | None) -> str:
    """The statement that sets how long a connection waits for a lock."""
    if wrapper.vendor != "sqlite":
        # 0 would mean no limit.
        return "RESET lock_timeout" if patience is None else f"SET lock_timeout = {max(1, round(patience * 1000)):d}"
    seconds = float(wrapper.settings_dict["OPTIONS"]["timeout"]) if patience is None else patience
    return f"PRAGMA busy_timeout = {round(seconds * 1000):d}"


def _all_in_use() -> Problem:
    cause = f"all {MAX_READERS} connections that this process reads over are in use"
    return Problem("STORE_019", database_name(), cause, "see what the database is busy with")


class _Running:
    """The connections of this process. A fork has its own."""

    pool = _ReaderPool()

    @classmethod
    def begin_anew(cls) -> None:
        cls.pool = _ReaderPool()


os.register_at_fork(after_in_child=_Running.begin_anew)


def read(work: Callable[[CursorWrapper], _T], *, patience: float | None = None) -> _T:
    """What `work` reads with a cursor. Each statement sees what is stored at that time. Raises StoreError.

    `patience` is how many seconds to wait for a lock, instead of what the address of the database says, and for a
    connection, instead of READER_WAIT_SECONDS (NoFreeConnection). Without it, a thread that has a place to compute at
    steps aside meanwhile: it may wait for seconds.
    """
    if patience is not None:
        return _Running.pool.read(work, patience)
    with step_aside():
        return _Running.pool.read(work, None)


def close_readers() -> None:
    """Close the connections, before this process forks or switches to another database."""
    _Running.pool.close()
