"""Locks between processes: an open file or folder that one of them holds, and a block that one enters at a time.

A lock goes when its process ends, however it ends. `exclusive_lock` works on every system. `wait_for_lock` waits in the
kernel, in the order of asking, and only a server needs that: servers run on Unix (decision 0034).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_RETRY_SECONDS = 0.01
"""Between two attempts to get a lock that another process has."""


class BusyError(Exception):
    """Another process has the lock."""


@contextmanager
def exclusive_lock(path: Path, waiting: Callable[[], None] | None = None, *, patience: float = 0) -> Iterator[None]:
    """Only one process at a time is in such a block with the same `path`. A file of that name is there while the block
    runs; one that a killed process left behind stops nobody.

    Raises BusyError where another process is in the block and has not left it after `patience` seconds. With `waiting`
    there is no limit: it is called once, and then the other process is waited for.
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
            continue  # the other process left meanwhile and removed this file: lock the one that is there now
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
    # Windows removes no open file: neither ours before it is closed, nor one that another process has opened since
    os.close(handle)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed or this process ends. False where another has locked it."""
    from filelock import lock_descriptor  # slow, and most commands lock nothing

    return lock_descriptor(handle, blocking=False)


def wait_for_lock(handle: int) -> None:
    """Lock an open file or folder, however long another has it. The kernel wakes the next in line at once, where
    `exclusive_lock` would look again only after a while."""
    import fcntl  # not on Windows, which runs no server

    fcntl.flock(handle, fcntl.LOCK_EX)


def unlock(handle: int) -> None:
    """Give a lock back, also for a child process that was forked meanwhile: closing the file alone would not."""
    from filelock import unlock_descriptor  # slow, and most commands lock nothing

    unlock_descriptor(handle)
