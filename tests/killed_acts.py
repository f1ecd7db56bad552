"""Killing (-9) a piece of work at its n-th act on files: opening, renaming, removing, connecting to a database. A test
kills so at every step, or at a sample of them, and never by chance."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from kuule.store.database import close_connections
from tests.loaded.loaded_process import run_loaded

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


_KILLING = """
import os, signal, sys
from kuule.cli.app import run

left, folder = [int(sys.argv[1])], sys.argv[2]
acts = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}

def count(event, given):
    writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
    if (writes or event in acts) and str(given[0]).startswith(folder):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
sys.exit(run(sys.argv[3:]))
"""


def command_killed_at(act: int, folder: Path, *arguments: str) -> bool:
    """Run a command in a process of its own that is killed at its n-th act that changes something in a folder. Returns
    whether it came so far; if it did not, it has done its work."""
    done = run_loaded([sys.executable, "-c", _KILLING, str(act), str(folder), *arguments], text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0
