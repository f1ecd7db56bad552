"""Reading over a few connections that stay open: a worker has hundreds of threads, and each must not open its own."""

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

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import DATABASE_ERRORS, is_transient, raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.location.identity import check_identity
from kuule.store.sqlite.file_identity import file_identity_of

_T = TypeVar("_T")
MAX_READERS = 4
_WAIT_SECONDS = 20.0


@dataclass(slots=True)
class _Reader:
    """An open connection, the file that stood at the path when it was opened, and its wait for a lock just now."""

    wrapper: BaseDatabaseWrapper
    file: tuple[int, int] | None
    patience: float | None = None
    """Seconds. None stands for the wait that the address gives, which every connection has when it is opened."""
    checked: bool = False
    """Whether it was checked that it leads to the store that this process was started with."""

    @property
    def is_current(self) -> bool:
        """Whether the file at the path is still the same."""
        return file_identity_of(self.wrapper) == self.file

    def run(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """What `work` reads. The wait for a lock is set only where it differs from the last reader's."""
        with self.wrapper.cursor() as cursor:
            if patience != self.patience:
                cursor.execute(_wait_of(self.wrapper, patience))
                self.patience = patience
            if not self.checked:
                check_identity(self.wrapper)
                self.checked = True
            return work(cursor)

    def close(self) -> None:
        """Close the connection. Where it is used again, Django opens a new one."""
        self.patience, self.checked = None, False
        with suppress(*DATABASE_ERRORS):
            self.wrapper.close()


class _ReaderPool:
    """The connections of a process, each with one reader at a time; None stands for one that is not open yet."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[_Reader | None] = queue.LifoQueue()
        for _ in range(MAX_READERS):
            self._free.put(None)

    def read(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        try:
            reader = self._free.get(timeout=_WAIT_SECONDS)
        except queue.Empty:
            raise StoreError(_all_in_use()) from None
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

    def close(self) -> None:
        """Close the connections that nobody uses; the next reader opens one to what is configured then."""
        taken = 0
        with suppress(queue.Empty):
            # All are taken before one is put back, since what was put last is taken first.
            while True:
                reader = self._free.get_nowait()
                taken += 1
                if reader is not None:
                    reader.close()
        for _ in range(taken):
            self._free.put(None)

    @staticmethod
    def _run_or_retry(reader: _Reader, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """Run `work`, and once more where an idle connection had broken: the server was restarted meanwhile."""
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
    # The file is looked at first: one that is put in its place just then is noticed by the next reader.
    return _Reader(wrapper, file_identity_of(wrapper))


def _wait_of(wrapper: BaseDatabaseWrapper, patience: float | None) -> str:
    """The statement that sets how long a connection waits for a lock."""
    if wrapper.vendor != "sqlite":
        return "RESET lock_timeout" if patience is None else f"SET lock_timeout = {round(patience * 1000):d}"
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
    """What `work` reads with a cursor; each of its statements sees what is stored at its time. Raises StoreError.

    `patience`: the seconds that it waits for a lock, where not what the address of the database says.
    """
    return _Running.pool.read(work, patience)


def close_readers() -> None:
    """Close the connections, before this process forks or switches to another database."""
    _Running.pool.close()
