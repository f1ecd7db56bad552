"""Opening hours as the directory writes them: "Mon-Thu 07:30-15:30, Fri 07:30-12:00", "07-22 daily".

What is written in another way is not read: to guess when somebody answers would be worse than to show the words as they
are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = "|".join(_DAYS)
_TIME = r"(?:[01]?\d|2[0-4])(?::[0-5]\d)?"
_TOKEN = re.compile(rf"(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?)\b|(?P<times>{_TIME}-{_TIME})\b|(?P<daily>daily)\b|[ ,;/]+")


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Times on some days of the week. `days`: (first, last), 0 for Monday, and empty where no day is named; `times`:
    (from, until) as HH:MM, where midnight is 00:00."""

    days: tuple[tuple[int, int], ...]
    times: tuple[tuple[str, str], ...]


def read_opening_hours(text: str) -> tuple[OpenHours, ...]:
    """The opening hours, in their order; () where any of it cannot be read."""
    found: list[OpenHours] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return ()
        at = token.end()
        if token["days"]:
            _add_days(found, token["days"])
        elif token["times"]:
            _add_times(found, token["times"])
        elif token["daily"]:
            if not found or found[-1].days or not found[-1].times:
                return ()
            found[-1] = OpenHours(((0, 6),), found[-1].times)
    complete = all(one.times for one in found) and (len(found) == 1 or all(one.days for one in found))
    return tuple(found) if complete else ()


def _add_days(found: list[OpenHours], text: str) -> None:
    """Further days of the same times, as long as no time was read; else the next entry."""
    first, _, last = text.partition("-")
    days = (_DAYS.index(first), _DAYS.index(last or first))
    if found and not found[-1].times:
        found[-1] = OpenHours((*found[-1].days, days), ())
    else:
        found.append(OpenHours((days,), ()))


def _add_times(found: list[OpenHours], text: str) -> None:
    first, _, last = text.partition("-")
    times = (_clock(first), _clock(last))
    if found:
        found[-1] = OpenHours(found[-1].days, (*found[-1].times, times))
    else:
        found.append(OpenHours((), (times,)))


def _clock(text: str) -> str:
    hours, _, minutes = text.partition(":")
    return f"{int(hours) % 24:02}:{minutes or '00'}"
