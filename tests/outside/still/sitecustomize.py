"""Time stands still in a process that is started with this folder on PYTHONPATH and a moment in KUULE_STILL.

Python imports this file by its name before anything else, in children too. Seconds that only measure (`monotonic`,
`perf_counter`) go on, and so do the times of files.
"""

from __future__ import annotations

import datetime
import os
import time
from typing import Any

MOMENT = "KUULE_STILL"


def stand_still(moment: str) -> None:
    """Let `date` and `datetime` say this moment, an ISO date and time with its zone, and `time.time` its seconds."""
    still = datetime.datetime.fromisoformat(moment)
    real_date, real_datetime = datetime.date, datetime.datetime

    class Dates(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real_datetime if issubclass(cls, real_datetime) else real_date)

    class StillDate(real_date, metaclass=Dates):  # type: ignore[valid-type, misc]  # what stands in the module now
        @classmethod
        def today(cls) -> Any:
            return cls(still.year, still.month, still.day)

    class StillDatetime(real_datetime, metaclass=Dates):  # type: ignore[valid-type, misc]  # likewise
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
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
    seconds = still.timestamp()
    time.time, time.time_ns = lambda: seconds, lambda: int(seconds * 1e9)


if os.environ.get(MOMENT):
    stand_still(os.environ[MOMENT])
