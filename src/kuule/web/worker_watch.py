"""The master's watch over its workers and over itself, for a service manager (sd_notify(3), WatchdogSec=) and without
one: it says when the site is ready, ends a worker that no longer moves, and says that it is alive itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from kuule.web.service_manager import notify_service_manager
from kuule.web.worker_pulses import LONGEST_SILENCE, PulseSocket, WorkerPulses

_LOOK_SECONDS = 1.0
SAID_OF_A_KILL = f"a worker did not move for {LONGEST_SILENCE} seconds and was ended; another takes its place"


@contextmanager
def watched_workers(workers: int, looks: Callable[[], int], say: Callable[[str], None]) -> Iterator[None]:
    """In the block, workers that call `send_pulses` are watched. `looks` is how often the master's own loop has looked
    so far; `say` tells whoever started the site."""
    if sys.platform != "linux":
        yield
        return
    pulses = PulseSocket()
    stopped = threading.Event()
    watch = threading.Thread(target=_watch, args=(pulses, workers, looks, say, stopped), daemon=True)
    watch.start()
    try:
        yield
    finally:
        notify_service_manager("STOPPING=1", wait=False)
        stopped.set()
        watch.join()
        pulses.close()


def _watch(
    socket: PulseSocket, workers: int, looks: Callable[[], int], say: Callable[[str], None], stopped: threading.Event
) -> None:
    pulses, ready, seen, idle = WorkerPulses(), False, -1, 0
    while not stopped.is_set():
        for process in socket.signs(_LOOK_SECONDS):
            pulses.hear(process)
            if not ready and len(pulses.heard) >= workers:
                ready = True
                notify_service_manager("READY=1\nSTATUS=serving")
        for process in pulses.look({process for process in pulses.heard if is_living_child(process)}):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
                say(SAID_OF_A_KILL)
        idle, seen = (0, looks()) if looks() != seen else (idle + 1, seen)
        if idle <= LONGEST_SILENCE:
            notify_service_manager("WATCHDOG=1", wait=False)


def is_living_child(process: int) -> bool:
    """Whether a process is a living child of this one. The system is asked, and nothing is taken from it that others
    wait for; in /proc a worker cannot be seen where it keeps its memory to itself (ProtectProc=invisible)."""
    try:
        return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False
