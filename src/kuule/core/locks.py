"""Locks between processes: on an open file or folder, or around a block of code.

A lock is released when its process ends, however it ends. `exclusive_lock` works on every system. `wait_for_lock` waits
in the kernel, first come, first served. Only servers need that, and servers run on Unix (decision 0034).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_RETRY_SECONDS = 0.01
"""The pause between two attempts to get a lock that another process holds."""


class BusyError(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive_lock(path: Path, waiting: Callable[[], None] | None = None, *, patience: float = 0) -> Iterator[None]:
    """Let only one process at a time run a block with this `path`. A file of that name exists while the block runs. A
    file that a killed process left behind blocks nobody.

    Raises BusyError if another process is still in its block after `patience` seconds. With `waiting` there is no such
    limit: `waiting` is called once, and then this waits for as long as the other process needs.
    """
    handle = _acquire(path, waiting, time.monotonic() + patience)
    try:
        yield
    finally:
        _remove(path, handle)


def _acquire(path: Path, waiting: Callable[[], None] | None, until: float) -> int:
    tell = waiting
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            locked = try_lock(handle)
            if locked and _is_same_file(path, handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if locked:
            continue  # the other process has just removed this file: lock the one that is there now
        if waiting is None and time.monotonic() >= until:
            raise BusyError
        if tell is not None:
            tell()
            tell = None
        time.sleep(_RETRY_SECONDS)


def _is_same_file(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(path: Path, handle: int) -> None:
    if hasattr(os, "O_DIRECTORY"):
        path.unlink(missing_ok=True)
        os.close(handle)
        return
    # Windows does not remove a file that is open, in this process or in another one.
    os.close(handle)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed or this process ends. Returns False if another process holds it."""
    from filelock import lock_descriptor  # slow, and most commands lock nothing

    return lock_descriptor(handle, blocking=False)


def wait_for_lock(handle: int) -> None:
    """Lock an open file or folder, however long another process holds it. The kernel wakes the next in line at once,
    whereas `exclusive_lock` tries again at intervals."""
    import fcntl  # not on Windows, which runs no server

    fcntl.flock(handle, fcntl.LOCK_EX)


def unlock(handle: int) -> None:
    """Release a lock, also for child processes forked since: closing the file would not release it for those."""
    from filelock import unlock_descriptor  # slow, and most commands lock nothing

    unlock_descriptor(handle)
