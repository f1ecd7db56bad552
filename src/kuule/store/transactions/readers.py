"""Reading over a few lines that stay open: a worker has 128 threads, and a database should not get a line from each."""

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
class _Line:
    """An open line, which file stood at the path when it was opened, and how long it waits for a lock just now."""

    wrapper: BaseDatabaseWrapper
    file: tuple[int, int] | None
    patience: float | None = None
    """Seconds; None is what the address says, as with every line that was just opened."""
    checked: bool = False
    """Whether it was seen to lead to the store that this process was started with."""

    @property
    def leads_there(self) -> bool:
        """Whether that file is still the one at the path."""
        return file_identity_of(self.wrapper) == self.file

    def look(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """What `work` reads. The wait is set where it is another one than the last reader's: mostly it is the same."""
        with self.wrapper.cursor() as cursor:
            if patience != self.patience:
                cursor.execute(_wait_of(self.wrapper, patience))
                self.patience = patience
            if not self.checked:
                check_identity(self.wrapper)
                self.checked = True
            return work(cursor)

    def close(self) -> None:
        """Close it; where it is used again, it is a new one."""
        self.patience, self.checked = None, False
        with suppress(*DATABASE_ERRORS):
            self.wrapper.close()


class _Lines:
    """The lines of a process: each is with one reader at a time; None is one that is yet to be opened."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[_Line | None] = queue.LifoQueue()
        for _ in range(MAX_READERS):
            self._free.put(None)

    def read(self, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        try:
            line = self._free.get(timeout=_WAIT_SECONDS)
        except queue.Empty:
            raise StoreError(_all_in_use()) from None
        try:
            if line is not None and not line.leads_there:
                line.close()
                line = None
            line = line or _opened()
            with raise_store_errors(database_name()):
                return self._tried(line, work, patience)
        except BaseException:
            # Whatever went wrong, the next reader begins with a new one.
            if line is not None:
                line.close()
            line = None
            raise
        finally:
            self._free.put(line)

    def close(self) -> None:
        """Close those that nobody reads on; the next reader opens one to what is configured then."""
        taken = 0
        with suppress(queue.Empty):
            # All are taken before one is put back: what was put last is got first.
            while True:
                line = self._free.get_nowait()
                taken += 1
                if line is not None:
                    line.close()
        for _ in range(taken):
            self._free.put(None)

    @staticmethod
    def _tried(line: _Line, work: Callable[[CursorWrapper], _T], patience: float | None) -> _T:
        """Twice where a line broke that had been quiet: the server was started again meanwhile."""
        try:
            return line.look(work, patience)
        except DATABASE_ERRORS as error:
            if not is_transient(error):
                raise
            line.close()
        return line.look(work, patience)


def _opened() -> _Line:
    wrapper = connections.create_connection("default")
    wrapper.inc_thread_sharing()
    # Looked at first: a file that is put in its place just then is noticed by the next reader.
    return _Line(wrapper, file_identity_of(wrapper))


def _wait_of(wrapper: BaseDatabaseWrapper, patience: float | None) -> str:
    """The statement after which a line waits so long for a lock."""
    if wrapper.vendor != "sqlite":
        return "RESET lock_timeout" if patience is None else f"SET lock_timeout = {round(patience * 1000):d}"
    seconds = float(wrapper.settings_dict["OPTIONS"]["timeout"]) if patience is None else patience
    return f"PRAGMA busy_timeout = {round(seconds * 1000):d}"


def _all_in_use() -> Problem:
    return Problem("STORE_019", database_name(), "every line to it is in use", "see what the server is busy with")


class _Running:
    """The lines of this process. A fork has its own."""

    lines = _Lines()

    @classmethod
    def begin_anew(cls) -> None:
        cls.lines = _Lines()


os.register_at_fork(after_in_child=_Running.begin_anew)


def read(work: Callable[[CursorWrapper], _T], *, patience: float | None = None) -> _T:
    """What `work` reads with a cursor; each statement of it sees what is kept at its time. Raises StoreError.

    `patience`: seconds for which it waits for a lock, where that is not what the database's address says.
    """
    return _Running.lines.read(work, patience)


def close_readers() -> None:
    """Close the lines: another database is turned to, or this process is about to fork."""
    _Running.lines.close()
