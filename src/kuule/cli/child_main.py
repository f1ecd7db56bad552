"""`python -m kuule.cli.child_main …`: a command that ends with the process that started it, even one killed with
SIGKILL.

The parent holds the only writing end of our standard input; the system closes it when the parent ends, however it ends.
Then we get SIGTERM, which the command takes as a polite request to stop. The parent writes one byte when the command is
to begin: what takes long to load is loaded while it still prepares what the command is given.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module

from kuule.cli import main

_STDIN = 0
_SLOW = "kuule.collector.server.collector_server"
"""What `kuule serve` loads first (Django, the form engine): half a second and more."""


def watch_parent() -> None:
    """Watch in a thread of its own, which ends with this process."""
    threading.Thread(target=_stop_when_alone, daemon=True).start()


def _stop_when_alone() -> None:
    # os.read, not sys.stdin: a buffered reader holds a lock that the interpreter would wait for at its end
    while os.read(_STDIN, 1):
        pass
    sys.stderr.write("the process that started this one has ended: stopping\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGTERM)


def run_when_told() -> None:
    """Load what serves, wait for the word, run the command. Without the word, the parent has ended."""
    import_module(_SLOW)
    if os.read(_STDIN, 1):
        watch_parent()
        main()


if __name__ == "__main__":
    run_when_told()
