"""libical, by which Evolution, GNOME Calendar and KOrganizer read calendars: as far as a test needs it.

Debian has it as `libical3t64`. Where it is not installed, tests that use it are skipped.
"""

from __future__ import annotations

import ctypes
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache

import pytest

_EVENT = 4
"""ICAL_VEVENT_COMPONENT."""


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What it understood: how many errors it noted, whether its restrictions are kept, and of each event UID,
    summary, sequence, and status."""

    errors: int
    kept: bool
    events: tuple[tuple[str, str, int], ...]


@cache
def _library() -> ctypes.CDLL | None:
    name = find_library("ical")
    return ctypes.CDLL(name) if name else None


def read_with_libical(content: bytes) -> ReadCalendar:
    library = _library()
    if library is None:
        pytest.skip("libical is not installed (apt install libical3t64)")
    for function in (
        "icalparser_parse_string",
        "icalcomponent_get_first_component",
        "icalcomponent_get_next_component",
    ):
        getattr(library, function).restype = ctypes.c_void_p
    for function in ("icalcomponent_get_uid", "icalcomponent_get_summary"):
        getattr(library, function).restype = ctypes.c_char_p
    calendar = library.icalparser_parse_string(ctypes.c_char_p(content))
    assert calendar, "libical takes it for no calendar"
    calendar = ctypes.c_void_p(calendar)
    kept = library.icalrestriction_check(calendar)
    events = []
    event = library.icalcomponent_get_first_component(calendar, _EVENT)
    while event:
        held = ctypes.c_void_p(event)
        uid, summary = library.icalcomponent_get_uid(held), library.icalcomponent_get_summary(held)
        events.append((uid.decode(), summary.decode(), library.icalcomponent_get_sequence(held)))
        event = library.icalcomponent_get_next_component(calendar, _EVENT)
    errors = library.icalcomponent_count_errors(calendar)
    library.icalcomponent_free(calendar)
    return ReadCalendar(errors, bool(kept), tuple(events))
