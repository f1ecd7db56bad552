"""Something in the store that pages go by and that seldom changes, as this process read it last.

It is read again once it is older than some seconds. Where the store does not answer at once, what was known last holds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from kuule.core.computing_place import keep_place, step_aside
from kuule.store.location.database_name import database_name

_T = TypeVar("_T")
QUIET_PATIENCE = 0.5
"""For how many seconds a page waits for what was not read for long."""


def run_beside(work: Callable[[], None]) -> None:
    """Read in another thread, so that no page waits."""
    threading.Thread(target=work, daemon=True).start()


def run_now(work: Callable[[], None]) -> None:
    """Read at once: whoever asks waits for it."""
    work()


class FreshReading(Generic[_T]):
    """`look` reads the store, and gives None if it does not answer at once; `unknown` is what holds before it ever did.
    `clock` gives seconds that only grow. The first reading of a store is waited for, whatever `run` is. So is, for
    QUIET_PATIENCE at most, one that nobody asked for until `quiet_seconds` after it was due. Made for many threads."""

    def __init__(
        self,
        look: Callable[[], _T | None],
        unknown: _T,
        seconds: float,
        *,
        clock: Callable[[], float],
        run: Callable[[Callable[[], None]], None],
        quiet_seconds: float = float("inf"),
    ) -> None:
        self.__look, self.__unknown, self.__seconds, self.__clock, self.__run = look, unknown, seconds, clock, run
        self.__known, self.__store = unknown, ""
        self.__quiet = quiet_seconds
        self.__awaited: threading.Event | None = None
        self.__due, self.__is_waited_for = float("-inf"), True
        self.__begun, self.__newest = 0, 0
        self.__lock, self.__keeping = threading.Lock(), threading.Lock()

    def value(self) -> _T:
        """What is known."""
        with self.__lock:
            if self.__store != database_name():
                self.__begin_with(database_name())
            now = self.__clock()
            begins = self.__is_waited_for or now >= self.__due
            if not begins and self.__awaited is None:
                return self.__known
            if begins:
                was_quiet = now >= self.__due + self.__quiet
                self.__due = now + self.__seconds
                if self.__is_waited_for:
                    self.__is_waited_for = False
                    with keep_place():
                        self.__read(self.__next_number())
                    return self.__known
                self.__awaited = threading.Event() if was_quiet else None
                number = self.__next_number()
            awaited = self.__awaited
        # Without the lock: whoever comes meanwhile takes what was known last, or waits for this reading too.
        if begins:
            self.__run(lambda: self.__read_and_tell(number, awaited))
        if awaited is not None:
            self.__wait_for(awaited)
        return self.__known

    def learn(self, known: _T) -> None:
        """Take what somebody has just read with more patience."""
        with self.__lock:
            self.__begin_with(database_name())
            number, self.__is_waited_for = self.__next_number(), False
            self.__due = self.__clock() + self.__seconds
        with self.__keeping:
            self.__known, self.__newest = known, number

    def expire(self) -> None:
        """Read the store again at the next question, and wait for it."""
        self.__is_waited_for = True

    def __begin_with(self, store: str) -> None:
        with self.__keeping:
            self.__known, self.__store, self.__is_waited_for = self.__unknown, store, True
            self.__newest = self.__begun  # what is still being read is of the store before

    def __next_number(self) -> int:
        self.__begun += 1
        return self.__begun

    def __read_and_tell(self, number: int, awaited: threading.Event | None) -> None:
        try:
            self.__read(number)
        finally:
            if awaited is not None:
                awaited.set()

    def __wait_for(self, awaited: threading.Event) -> None:
        """Wait for a reading, as all do who come meanwhile: for a moment, and nobody who comes later waits again."""
        with step_aside():
            awaited.wait(QUIET_PATIENCE)
        with self.__lock:
            if self.__awaited is awaited:
                self.__awaited = None

    def __read(self, number: int) -> None:
        """One reading, in the order in which they begin. A slow one does not undo what a later one found."""
        found = self.__look()
        with self.__keeping:
            if found is not None and number > self.__newest:
                self.__known, self.__newest = found, number
