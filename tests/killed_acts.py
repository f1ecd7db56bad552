"""Killing (-9) a piece of work at its n-th act on files: opening, renaming, removing, connecting to a database. So a test
kills at every step, or at a sample of them, and never by chance."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from kuule.store.database import close_connections

_ACTS = frozenset(
    {
        "open",
        "os.rename",
        "os.link",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.truncate",
        "os.utime",
        "sqlite3.connect",
    }
)


def killed_at(act: int, work: Callable[[], object]) -> bool:
    """Do the work in a fork that is killed at its n-th act. Returns whether it came so far."""
    close_connections()
    child = os.fork()
    if child == 0:
        left = [act]

        def count(event: str, _: object) -> None:
            if event in _ACTS:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
