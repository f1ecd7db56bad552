"""A queue of threads of which the first works for all: each is woken once its work is done, or once it is the first.

Whoever is stopped while they wait leaves the queue, so that nobody waits for them to work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class WaitingThread:
    """A thread that waits in a queue. `done`: another one has done its work."""

    __slots__ = ("done", "over")

    def __init__(self) -> None:
        self.done = False
        self.over = threading.Lock()
        """Released when the wait is over: the work is done, or it is this thread's turn to work for all."""
        self.over.acquire()


class TurnQueue:
    """Those of this process who wait. What the one whose turn it is does with them is for the class that inherits."""

    def __init__(self) -> None:
        self._queue: list[Any] = []
        self._queued = threading.Lock()
        self._leader: WaitingThread | None = None
        """The one who has been told that it is their turn."""

    def _wait(self, waiting: WaitingThread, work_for_all: Callable[[], None]) -> None:
        """Return once the work of this thread is done, by itself with `work_for_all` or by another one."""
        try:
            with self._queued:
                self._queue.append(waiting)
                self._call_first()
            waiting.over.acquire()
            if not waiting.done:
                work_for_all()
        except BaseException:
            self._leave(waiting)
            raise

    def _call_first(self) -> None:
        """Tell the first of those who wait that it is their turn, unless one has been told."""
        if self._queue and self._leader is None:
            self._leader = self._queue[0]
            self._leader.over.release()

    def _end_turn(self) -> WaitingThread | None:
        """Tell the next one that it is their turn. Returns the one whose turn it was."""
        ended, self._leader = self._leader, None
        self._call_first()
        return ended

    def _leave(self, waiting: WaitingThread) -> None:
        """Wait no more, as this thread is being stopped."""
        with self._queued:
            if waiting in self._queue:
                self._queue.remove(waiting)
            if self._leader is waiting:
                self._end_turn()
