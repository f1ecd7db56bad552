"""Whether the workers have loaded what they serve, as the master hears it: by a signal from each."""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType

_PATIENCE = 2.0
"""Seconds after the first, for the others: two signals that come at once may be heard as one."""


class WorkerReadiness:
    """Counts the workers that said so. `clock` gives seconds that only grow."""

    def __init__(self, workers: int, *, clock: Callable[[], float]) -> None:
        self._workers = workers
        self._clock = clock
        self._heard = 0
        self._first = 0.0

    def count_worker(self, number: int = 0, frame: FrameType | None = None) -> None:
        """A worker has loaded: also as a handler of its signal."""
        if not self._heard:
            self._first = self._clock()
        self._heard += 1

    def are_all_ready(self) -> bool:
        """Whether all have said so, or one has and the others had time to."""
        return self._heard >= self._workers or (self._heard > 0 and self._clock() - self._first > _PATIENCE)
