"""Another time in a process that is started with this folder on PYTHONPATH: a moment in KUULE_STILL, at which time
stands still, or in KUULE_CLOCK a file with the moment, which a test writes anew whenever time is to go on.

Python imports this file by its name before anything else, in children too. With a moment, seconds that only measure
(`monotonic`, `perf_counter`) go on, and so do the times of files. With a file, `monotonic` also goes on by as much as
the file did, and whoever waits for longer than a minute waits by it.
"""

from __future__ import annotations

import datetime
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOMENT, CLOCK = "KUULE_STILL", "KUULE_CLOCK"
_LONG, _LOOK = 60.0, 0.2
"""Seconds: of a wait that goes by the file, and between two looks at it."""


def set_clock(read: Callable[[], datetime.datetime]) -> None:
    """Let `date` and `datetime` say this moment, which has a zone, and `time.time` its seconds."""
    real_date, real_datetime = datetime.date, datetime.datetime

    class Dates(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real_datetime if issubclass(cls, real_datetime) else real_date)

    class StillDate(real_date, metaclass=Dates):  # type: ignore[valid-type, misc]  # what stands in the module now
        @classmethod
        def today(cls) -> Any:
            still = read()
            return cls(still.year, still.month, still.day)

    class StillDatetime(real_datetime, metaclass=Dates):  # type: ignore[valid-type, misc]  # likewise
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            still = read()
            at = still.astimezone(tz) if tz else still.replace(tzinfo=None)
            return cls.combine(at.date(), at.timetz())

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now(datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    StillDate.__name__, StillDatetime.__name__ = "date", "datetime"
    datetime.date, datetime.datetime = StillDate, StillDatetime  # type: ignore[misc]  # every later import has these
    time.time, time.time_ns = lambda: read().timestamp(), lambda: int(read().timestamp() * 1e9)


def stand_still(moment: str) -> None:
    """Time stands at an ISO date and time with its zone."""
    still = datetime.datetime.fromisoformat(moment)
    set_clock(lambda: still)


def follow(file: Path) -> None:
    """Time stands where a file says."""
    from_iso, monotonic = datetime.datetime.fromisoformat, time.monotonic

    def read() -> datetime.datetime:
        return from_iso(file.read_text("ascii"))

    begun, wait = read(), threading.Event.wait

    def moved() -> float:
        return monotonic() + (read() - begun).total_seconds()

    def wait_by_the_file(self: threading.Event, timeout: float | None = None) -> bool:
        if timeout is None or timeout < _LONG:
            return wait(self, timeout)
        until = moved() + timeout
        while moved() < until:
            if wait(self, _LOOK):
                return True
        return self.is_set()

    set_clock(read)
    time.monotonic = moved
    threading.Event.wait = wait_by_the_file  # type: ignore[method-assign]


if os.environ.get(MOMENT):
    stand_still(os.environ[MOMENT])
elif os.environ.get(CLOCK):
    follow(Path(os.environ[CLOCK]))
