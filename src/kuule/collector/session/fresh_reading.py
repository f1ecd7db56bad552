"""Something in the store that pages go by and that seldom changes, as this process read it last.

It is read again once it is older than some seconds. Where the store does not answer at once, what was known last holds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from kuule.store.location.database_name import database_name

_T = TypeVar("_T")
Work = Callable[[], None]


def run_beside(work: Work) -> None:
    """Read in another thread, so that no page waits."""
    threading.Thread(target=work, daemon=True).start()


def run_now(work: Work) -> None:
    """Read at once: whoever asks waits for it."""
    work()


class FreshReading(Generic[_T]):
    """`look` reads the store, and gives None if it does not answer at once; `unknown` is what holds before it ever did.
    `clock` gives seconds that only grow. The first reading of a store is waited for, whatever `run` is. Made for many
    threads."""

    def __init__(
        self,
        look: Callable[[], _T | None],
        unknown: _T,
        seconds: float,
        *,
        clock: Callable[[], float],
        run: Callable[[Work], None],
    ) -> None:
        self._look, self._unknown, self._seconds, self._clock, self._run = look, unknown, seconds, clock, run
        self._known, self._store = unknown, ""
        self._due, self._is_waited_for = float("-inf"), True
        self._lock = threading.Lock()

    def value(self) -> _T:
        """What is known."""
        with self._lock:
            if self._store != database_name():
                self._known, self._store, self._is_waited_for = self._unknown, database_name(), True
            if self._is_waited_for or self._clock() >= self._due:
                run, self._is_waited_for = (run_now if self._is_waited_for else self._run), False
                self._due = self._clock() + self._seconds
                run(self._read)
            return self._known

    def expire(self) -> None:
        """Read the store again at the next question, and wait for it."""
        self._is_waited_for = True

    def _read(self) -> None:
        found = self._look()
        if found is not None:
            self._known = found
