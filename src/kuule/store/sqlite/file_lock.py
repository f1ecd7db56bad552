"""A lock for the writers of one file, so that they wait for each other in the kernel and not in SQLite.

SQLite itself sleeps for up to a tenth of a second between two attempts, so a process that writes rarely may never get
its turn. The lock is on the folder: a lock on the database file could not be closed without dropping SQLite's locks of
this process (https://www.sqlite.org/howtocorrupt.html, 2.2), and a lock file would be left behind. Data is safe even
without this lock.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kuule.core.locks import try_lock, unlock, wait_for_lock
from kuule.core.problems import Problem, StoreError
from kuule.store.failures.sqlite_result_codes import LOCKED
from kuule.store.location.database_name import path_in

IN_MEMORY = "mode=memory"
"""In the name of a database that is in no file."""
_COURTESY = 0.0003
"""For how many seconds a writer pauses, so that a process that the kernel has woken gets its turn. Otherwise the
running process would take the lock again."""


class _Wait:
    """Waits for a lock, and releases it at once if nobody wants it any more.

    It has a thread, and is no subclass of `Thread`, whose private names change from one version of Python to the next.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._deciding = threading.Lock()
        self._abandoned = False
        self._got = False

    def acquire_within(self, seconds: float) -> bool:
        """Whether the lock was acquired within so many seconds."""
        thread = threading.Thread(target=self._take, daemon=True)
        thread.start()
        thread.join(seconds)
        with self._deciding:
            self._abandoned = not self._got
        return self._got

    def _take(self) -> None:
        wait_for_lock(self._handle)
        with self._deciding:
            self._got = not self._abandoned
        if not self._got:
            _give_back(self._handle)


@contextmanager
def lock_folder(folder: Path, seconds: float) -> Iterator[None]:
    """Let one process at a time into the block. Raises StoreError: STORE_003 (another process holds the lock for too
    long), STORE_007 (there is no such folder)."""
    handle = _opened(folder)
    if not try_lock(handle) and not _Wait(handle).acquire_within(seconds):
        raise StoreError(Problem(LOCKED[0], str(folder), *LOCKED[1:]))
    try:
        yield
    finally:
        _give_back(handle)


@contextmanager
def lock_database_folder(settings: Mapping[str, Any], *, waiting: float | None = None) -> Iterator[None]:
    """`lock_folder` for the database of Django's settings, if it is a file. PostgreSQL orders its writers itself, and
    what is in memory has one process.

    `waiting` is how many seconds to wait, instead of the database's own timeout.
    """
    name = str(settings["NAME"])
    if not name.startswith("file:") or IN_MEMORY in name:
        yield
        return
    seconds = float(settings["OPTIONS"]["timeout"]) if waiting is None else waiting
    with lock_folder(Path(path_in(name)).parent, seconds):
        yield


def disk_problem(error: OSError, path: Path) -> Problem:
    """The Problem for a file or folder that cannot be opened."""
    remedy = "make its folder, and give this user the right to write there"
    return Problem("STORE_007", str(path), f"it cannot be opened ({os.strerror(error.errno or 0).lower()})", remedy)


def _opened(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise StoreError(disk_problem(error, folder)) from error


def _give_back(handle: int) -> None:
    # Release it explicitly: after closing alone, a child that was forked meanwhile would still hold it, because it
    # shares the lock.
    unlock(handle)
    os.close(handle)
    time.sleep(_COURTESY)
