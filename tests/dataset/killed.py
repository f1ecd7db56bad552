"""`python -m tests.dataset.killed EVENT PART DATASET ID...`: rows are taken out of a dataset, and the process kills
itself (SIGKILL) at the first such file event (as `sys.audit` names it) on a path that has PART in it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kuule.dataset.lifecycle.row_removal import forget_rows


def kill_at(event: str, part: str) -> None:
    def hook(name: str, arguments: tuple[object, ...]) -> None:
        if name == event and part in str(arguments[0]):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    kill_at(*sys.argv[1:3])
    forget_rows(Path(sys.argv[3]), map(int, sys.argv[4:]))
