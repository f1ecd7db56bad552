"""Dates and times, as text and as days since 1970-01-01T00:00Z (ODK XForms, data types; Date and Time Functions)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = 86_400_000
"""Milliseconds in a day. Days are computed from whole milliseconds, as other engines do, so that fractions agree."""

_LAST_HOUR, _LAST_MINUTE = 23, 59


def days_from_text(text: str, zone: tzinfo) -> float:
    """Days since the epoch of a date or a date and time, NaN for any other text."""
    if len(text) < 10 or text[4] != "-":
        return math.nan
    moment = parse_datetime(text, zone)
    return days_from_datetime(moment) if moment else math.nan


def days_from_datetime(moment: datetime) -> float:
    """Days from the epoch to an aware moment."""
    return ((moment - _EPOCH) // _MILLISECOND) / _DAY


def parse_datetime(text: str, zone: tzinfo) -> datetime | None:
    """The aware moment that a text names, or None. Without an offset it is in `zone`; a date alone means midnight
    there."""
    found = _MOMENT.fullmatch(text.strip(" \t\r\n"))
    if found is None:
        return None
    offset = parse_offset(found["offset"], zone)
    clock = _clock(_TIME.fullmatch(found["time"] or "00:00"))
    if offset is None or clock is None:
        return None
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), *clock, tzinfo=offset)
    except ValueError:  # the 31st of September, the year 0, 25 o'clock
        return None


def is_date_only(text: str) -> bool:
    """Whether a text is a date without a time."""
    found = _MOMENT.fullmatch(text.strip(" \t\r\n"))
    return found is not None and found["time"] is None


def datetime_from_days(days: float, zone: tzinfo) -> datetime | None:
    """The aware moment in `zone` that many days after the epoch, or None if it is outside the calendar."""
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * _DAY))).astimezone(zone)
    except (OverflowError, ValueError):  # NaN, infinite, before the year 1 or after 9999
        return None


def format_date(moment: datetime) -> str:
    """`2026-11-24`."""
    return moment.date().isoformat()


def format_datetime(moment: datetime) -> str:
    """`2026-11-24T15:03:42.000Z`, or with the offset where there is one (ODK XForms, dateTime)."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fraction_of_day(text: str, zone: tzinfo, today: date) -> float:
    """A time of day as a fraction of a day in `zone`, or NaN for any other text."""
    found = _TIME.fullmatch(text.strip(" \t\r\n"))
    offset = parse_offset(found["offset"], zone) if found else None
    clock = _clock(found) if found else None
    if offset is None or clock is None:
        return math.nan
    local = datetime(today.year, today.month, today.day, *clock, tzinfo=offset).astimezone(zone)
    since = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (since // _MILLISECOND) / _DAY


def _clock(found: re.Match[str] | None) -> tuple[int, int, int, int] | None:
    """Hour, minute, second and microsecond of a match of _TIME, or None if there is no such time of day."""
    if found is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        return None
    return hour, minute, second, int((found["fraction"] or "0")[:6].ljust(6, "0"))


def parse_offset(offset: str | None, zone: tzinfo) -> tzinfo | None:
    """The time zone for `Z`, `+02` or `+02:00`; `zone` if there is no offset; None if the offset does not exist."""
    if not offset:
        return zone
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if offset[0] == "-" else span)


def format_by_pattern(moment: datetime, pattern: str, names: Callable[[date, str], str]) -> str:
    """`pattern` with its identifiers (ODK XForms, format-date and format-date-time) filled; others stay as they are.

    `names` gives the short name of a month ("b") or a weekday ("a") in the active language.
    """

    def fill(found: re.Match[str]) -> str:
        sign = found[1]
        if sign in "ab":
            return names(moment.date(), sign)
        return _IDENTIFIERS[sign](moment)

    return _IDENTIFIER.sub(fill, pattern)


_IDENTIFIER = re.compile(r"%([YymnbdeaHhMS3%])")
_IDENTIFIERS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04d}",
    "y": lambda moment: f"{moment.year % 100:02d}",
    "m": lambda moment: f"{moment.month:02d}",
    "n": lambda moment: str(moment.month),
    "d": lambda moment: f"{moment.day:02d}",
    "e": lambda moment: str(moment.day),
    "H": lambda moment: f"{moment.hour:02d}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02d}",
    "S": lambda moment: f"{moment.second:02d}",
    "3": lambda moment: f"{moment.microsecond // 1000:03d}",
    "%": lambda _: "%",
}
