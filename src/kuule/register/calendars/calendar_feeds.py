"""The feeds of a register: one of everything, one for each country, one for each language that actions are in.

An action that names no country concerns all of them, and is in the feed of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import vDuration, vText

from kuule.core.files import write_together
from kuule.languages.cldr.tags import is_language_tag, language_name
from kuule.languages.cldr.territories import territory_names
from kuule.register.calendars.calendar_events import calendar_event, new_calendar, plain_line
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.whole_register import Register

WHOLE_FEED = "actions.ics"
_PRODUCT = "-//Kuule//Register of law//EN"
_ASK_AGAIN = timedelta(days=1)
"""After this time a calendar program asks whether there is anything new."""
_AROUND = timedelta(days=366)
"""How far before and after the events of a feed its time zones are described."""
_KNOWN_ZONES = date(1970, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """A feed: the name of its file, its name for people, and what is in it."""

    file: str
    name: str
    actions: tuple[PlannedAction, ...]


def write_calendars(register: Register, to: Path) -> tuple[Path, ...]:
    """Write the feeds into the folder `to`, all or none, and return their paths. A register without actions has
    none. Raises OSError."""
    contents = {to / feed.file: feed_bytes(feed, register) for feed in calendar_feeds(register)}
    if contents:
        to.mkdir(parents=True, exist_ok=True)
        write_together(contents)
    return tuple(contents)


def calendar_feeds(register: Register) -> tuple[CalendarFeed, ...]:
    """Those that have at least one action: a calendar without any would be none (RFC 5545, 3.6)."""
    return tuple(feed for feed in _feeds(register) if feed.actions)


def _feeds(register: Register) -> Iterator[CalendarFeed]:
    title = plain_line(register.settings.title)
    actions = sorted(register.actions.values(), key=lambda one: (one.first_day, one.id))
    yield CalendarFeed(WHOLE_FEED, title, tuple(actions))
    names = territory_names("en")
    for code in register.settings.countries:
        own = tuple(one for one in actions if code in one.countries or not one.countries)
        yield CalendarFeed(f"country-{code}.ics", f"{title}: {names.get(code, code)}", own)
    for tag in sorted({one.language for one in actions if is_language_tag(one.language)}):
        spoken = tuple(one for one in actions if one.language == tag)
        yield CalendarFeed(f"language-{tag}.ics", f"{title}: {language_name(tag, 'en')}", spoken)


def feed_bytes(feed: CalendarFeed, register: Register) -> bytes:
    """The feed as a file: lines of at most 75 bytes, ended by CR and LF. It has no METHOD: that would make it an
    invitation, which has an organiser (RFC 5546, 3.2.1)."""
    calendar = new_calendar(_PRODUCT, plain_line(feed.name) or register.settings.id)
    calendar.add("DESCRIPTION", vText(_about(register)))
    calendar.add("REFRESH-INTERVAL", vDuration(_ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(_ASK_AGAIN))
    if register.settings.address is not None:
        calendar.add("URL", register.settings.address)
    for action in feed.actions:
        calendar.add_component(calendar_event(action, register))
    first, last = _days(feed.actions)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    for zone in calendar.timezones:
        zone.pop("COMMENT", None)  # a description of a zone may have none (RFC 5545, 3.6.5)
    content: bytes = calendar.to_ical()
    return content


def _about(register: Register) -> str:
    settings = register.settings
    return plain_line(f"{settings.publisher}. {settings.licence}. As of {settings.as_of.isoformat()}.")


def _days(actions: Sequence[PlannedAction]) -> tuple[date, date]:
    """The days around all of the actions, in a span in which zones are known."""
    days = [min(max(day, _KNOWN_ZONES[0]), _KNOWN_ZONES[1]) for day in _all_days(actions)]
    return min(days) - _AROUND, max(days) + _AROUND


def _all_days(actions: Iterable[PlannedAction]) -> Iterator[date]:
    for action in actions:
        for moment in (action.starts, action.ends):
            if moment is not None:
                yield moment.date() if isinstance(moment, datetime) else moment
