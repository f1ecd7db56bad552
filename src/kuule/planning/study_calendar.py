"""The days of a study as a file for calendar programs (RFC 5545, RFC 7986).

An event keeps its UID when its day moves, and a file that was made later has a higher SEQUENCE: a program that takes it
in moves what it has and adds nothing twice. All times are whole days, and no event makes anybody busy.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Event, vText

from kuule.planning.study_day import StudyDay
from kuule.planning.study_days import StudyDays
from kuule.register.calendars.calendar_events import new_calendar, plain_line

_PRODUCT = "-//Kuule//Days of a study//EN"
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_ONE_DAY = timedelta(days=1)


def calendar_bytes(found: StudyDays, now: datetime) -> bytes:
    """The file. `now` has a time zone; it is when the file was made, and nobody else's time."""
    calendar = new_calendar(_PRODUCT, plain_line(found.title) or found.study_id)
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for one in found.days:
        calendar.add_component(_event(one, found.study_id, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(one: StudyDay, study_id: str, stamp: datetime) -> Event:
    event = Event()
    event.add("UID", f"{one.id}@{study_id}.kuule")
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("SEQUENCE", max(0, int((stamp - _BEGIN).total_seconds()) // 60))
    event.add("DTSTART", one.day)
    event.add("DTEND", one.day + _ONE_DAY)
    event.add("SUMMARY", vText(" ".join(plain_line(one.title).split())))
    lines = [plain_line(one.what), *map(plain_line, one.commands)]
    event.add("DESCRIPTION", vText("\n".join(line for line in lines if line)))
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    return event
