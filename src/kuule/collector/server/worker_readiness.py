"""Whether the workers have loaded what they serve: each sends a signal to the master."""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType

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
