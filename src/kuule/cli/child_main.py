"""`python -m kuule.cli.child_main …`: a command that ends when the process that started it ends, even by SIGKILL.

The parent holds the only writing end of this process's standard input, and the system closes it when the parent ends in
any way. This process then sends itself SIGTERM, which the command takes as a polite request to stop. The parent writes
one byte when the command should begin. Until then, this process loads what takes long to load, while the parent still
prepares the files of the command.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module

from kuule.cli import main
from kuule.cli.serving_variable import SERVING_VARIABLE
from kuule.sealing.memory_scrubbing import can_restart

_STDIN = 0
_SLOW = "kuule.collector.server.collector_server"
"""What `kuule serve` loads first (Django, the form engine), which takes half a second and more."""


def watch_parent() -> None:
    """Watch the parent in a thread, which ends with this process."""
    threading.Thread(target=_stop_when_alone, daemon=True).start()


def _stop_when_alone() -> None:
    # os.read, not sys.stdin: a buffered reader holds a lock, and the interpreter would wait for it when it exits.
    while os.read(_STDIN, 1):
        pass
    sys.stderr.write("the process that started this one has ended: stopping\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGTERM)


def run_when_told() -> None:
    """Load the server, wait for the parent's byte, then run the command. If no byte comes, the parent has ended.

    `serve` starts this process anew as soon as its options are read (`collector_process`), before anything is loaded
    or waited for.
    """
    if sys.argv[1:2] == ["serve"] and SERVING_VARIABLE not in os.environ and can_restart():
        main()
    import_module(_SLOW)
    if os.read(_STDIN, 1):
        watch_parent()
        main()


if __name__ == "__main__":
    run_when_told()
