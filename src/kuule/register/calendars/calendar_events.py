"""One action as an event of a calendar.

Equal actions give equal bytes: the stamps are the day on which the action was changed, and no clock is asked. What was
changed counts up `sequence`; what was cancelled stays, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCategory, vText

from kuule.languages.cldr.tags import is_language_tag
from kuule.register.data_model.planned_actions import ActionStatus, PlannedAction
from kuule.register.data_model.whole_register import Register

_ONE_DAY = timedelta(days=1)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What could end a line of a calendar, or turn its text round."""


def new_calendar(product: str, name: str) -> Calendar:
    """A calendar without events. `product` says what made it (RFC 5545, 3.7.3); programs show `name`."""
    calendar = Calendar()
    calendar.add("PRODID", product)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    for one in ("NAME", "X-WR-CALNAME"):
        calendar.add(one, vText(name))
    return calendar


def calendar_event(action: PlannedAction, register: Register) -> Event:
    """The event of an action."""
    event = Event()
    event.add("UID", f"{action.id}@{register.settings.id}")
    stamp = datetime.combine(action.changed_on, time(), UTC)
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("SEQUENCE", action.sequence)
    event.add("STATUS", _STATUS[action.status])
    for name, moment in _times(action):
        event.add(name, moment)
    said_in = {"LANGUAGE": action.language} if is_language_tag(action.language) else {}
    event.add("SUMMARY", vText(plain_line(action.title) or action.id), parameters=said_in)
    if description := "\n".join(_description(action, register)).strip():
        event.add("DESCRIPTION", vText(description), parameters=said_in)
    event.add("CATEGORIES", vCategory([str(action.kind).upper(), *action.countries]))
    if action.address is not None:
        event.add("URL", action.address)
    event.add("TRANSP", "TRANSPARENT")  # it is news, and keeps nobody from being free
    return event


_STATUS = {
    ActionStatus.TENTATIVE: "TENTATIVE",
    ActionStatus.CONFIRMED: "CONFIRMED",
    ActionStatus.CANCELLED: "CANCELLED",
}


def _times(action: PlannedAction) -> Iterator[tuple[str, date | datetime]]:
    """An action's last day is the day before an event's end (RFC 5545, 3.6.1)."""
    if isinstance(action.starts, datetime):
        zone = ZoneInfo(action.zone or "UTC")
        yield "DTSTART", action.starts.replace(tzinfo=zone)
        if isinstance(action.ends, datetime) and action.ends > action.starts:
            yield "DTEND", action.ends.replace(tzinfo=zone)
        return
    yield "DTSTART", action.starts
    yield "DTEND", (action.starts if action.ends is None else action.ends) + _ONE_DAY


def _description(action: PlannedAction, register: Register) -> Iterator[str]:
    yield from (plain_line(line) for line in action.says.splitlines())
    if action.procedure is not None:
        yield f"Procedure: {plain_line(action.procedure)}"
    titles = [register.provisions[one].title for one in action.provisions if one in register.provisions]
    titles += [register.standards[one].title for one in action.standards if one in register.standards]
    if titles:
        yield f"About: {plain_line('; '.join(titles))}"


def plain_line(text: str) -> str:
    """A text without characters that end a line or turn it round."""
    return _CONTROLS.sub(" ", text).strip()
