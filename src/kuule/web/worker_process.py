"""What a worker of either site does first: it ends with its master."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

READY_SIGNAL = signal.SIGURG
"""By which a worker tells its master that it can answer. Where nobody listens for it, it does nothing."""
_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


def end_with_parent(variable: str) -> None:
    """Have the system end this worker when its master dies: orphans would keep the port and the old editions.

    `variable` is the environment variable with the master's number. SIGKILL, as a polite signal is lost before
    granian's worker listens for it. What was thanked for is on the disk.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.environ.get(variable, "") != str(os.getppid()):
            # It died while this worker was starting, and the system tells of a death only once.
            sys.exit(1)


def end_on_sigterm() -> None:
    """Have a polite signal end this worker while it still loads: it has the handler of its master, which does nothing
    here, and a server that was stopped so early waited ten seconds for it. Granian sets its own afterwards."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def signal_ready(variable: str) -> None:
    """Tell the master, whose number stands in an environment variable, that this worker has loaded what it serves."""
    os.kill(int(os.environ[variable]), READY_SIGNAL)
