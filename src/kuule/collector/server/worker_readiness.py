"""Whether a server has begun: its workers have loaded what they serve, for which each sends a signal to the master, and
the server that it takes over from is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from kuule.web.succession import Predecessor

_POLL_SECONDS = 0.1
_PATIENCE = 2.0
"""Seconds after the first signal in which the others may come: two signals at once may arrive as one."""


class WorkerReadiness:
    """Counts the workers that are ready. `clock` gives seconds that only grow."""

    def __init__(self, workers: int, *, clock: Callable[[], float]) -> None:
        self._workers = workers
        self._clock = clock
        self._heard = 0
        self._first = 0.0

    def count_worker(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Count a worker that is ready. It is also the handler of the signal."""
        if not self._heard:
            self._first = self._clock()
        self._heard += 1

    def are_all_ready(self) -> bool:
        """Whether all workers are ready, or one is and the others had time to be."""
        return self._heard >= self._workers or (self._heard > 0 and self._clock() - self._first > _PATIENCE)


@dataclass(frozen=True, slots=True)
class ServerStart:
    """What has to have happened before the store is rewritten: the workers are there, and the collector from which this
    one takes over is gone, as it still keeps answers."""

    readiness: WorkerReadiness
    predecessor: Predecessor | None = None

    def wait(self, stopped: threading.Event) -> bool:
        """Wait for it, and let the predecessor stop in between. False if this server was told to stop meanwhile."""
        while not self.readiness.are_all_ready():
            if stopped.wait(_POLL_SECONDS):
                return False
        if self.predecessor is not None:
            self.predecessor.say_ready()
            while not self.predecessor.is_gone():
                if stopped.wait(_POLL_SECONDS):
                    return False
        return True
