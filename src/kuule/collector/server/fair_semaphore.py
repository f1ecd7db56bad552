"""A semaphore that serves in the order of coming: a place that is freed goes to whoever has waited longest.

A semaphore of the standard library lets those pass who come just then, and sends the one it woke to the end of the
queue: where all places are taken, some then wait many times as long as others.
"""

from __future__ import annotations

import threading
from collections import deque


class FairSemaphore:
    """So many places, and a queue before them. Made for many threads."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def acquire(self, patience: float = 0.0) -> bool:
        """Take a place, after at most `patience` seconds. False where none is free until then."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if patience <= 0:
                return False
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=patience):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        # The place was given at the very moment when the wait was over.
        return True

    def release(self) -> None:
        """Give the place to whoever has waited longest, or free it."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
