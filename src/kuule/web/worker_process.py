"""What a worker of either site does first: it makes sure that it ends when its master does."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

READY_SIGNAL = signal.SIGURG
"""The signal by which a worker tells its master that it is ready. A process that does not handle it ignores it."""
SUCCESSION_SIGNAL = signal.SIGUSR2
"""Tells a master to start another that takes over from it (`web.succession`). Nothing happens in a worker."""
_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


def end_with_parent(variable: str) -> None:
    """Let the system end this worker when its master dies. Otherwise it would keep the port and the old editions.

    `variable` is the environment variable with the master's process id. The signal is SIGKILL, because granian's worker
    handles a polite one only later. Responses that were acknowledged are already on the disk.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.environ.get(variable, "") != str(os.getppid()):
            # The master died while this worker was starting. The system reports a death only once.
            sys.exit(1)


def end_on_sigterm() -> None:
    """Let SIGTERM end this worker while it is still loading.

    A worker inherits its master's handler, which does nothing here: a server that was stopped so early used to wait ten
    seconds for it. Granian sets its own handler afterwards.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(SUCCESSION_SIGNAL, signal.SIG_IGN)


def signal_ready(variable: str) -> None:
    """Tell the master that this worker has loaded what it serves. `variable` is the environment variable with its
    process id."""
    os.kill(int(os.environ[variable]), READY_SIGNAL)
