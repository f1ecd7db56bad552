from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from icalendar import Calendar, Event

from kuule.register.calendars.calendar_feeds import (
    WHOLE_FEED,
    CalendarFeed,
    calendar_feeds,
    feed_bytes,
    write_calendars,
)
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.whole_register import Register
from tests.register.calendars.libical import read_with_libical
from tests.register.made_registers import made_settings
from tests.register.register_parts import ACTIONS
from tests.sampling import examples

VOTE = PlannedAction.model_validate(
    {
        "id": "vote",
        "title": "Plenary: vote, first reading",
        "kind": "vote",
        "status": "confirmed",
        "starts": "2027-03-01",
        "ends": "2027-03-03",
        "procedure": "2024/0035(COD)",
        "says": "The vote; then a press conference.\nIn Strasbourg.",
        "address": "https://example.org/vote",
        "sequence": 3,
        "changed_on": "2026-11-27",
    }
)
SITTING = PlannedAction.model_validate(
    {
        "id": "sitting",
        "title": "Lakivaliokunta kuulee järjestöjä",
        "kind": "sitting",
        "status": "cancelled",
        "starts": "2027-03-28T09:00:00",
        "ends": "2027-03-28T12:30:00",
        "zone": "Europe/Helsinki",
        "countries": ["FI"],
        "language": "fi",
        "says": "Kuuleminen.",
        "changed_on": "2026-11-20",
    }
)


def register_with(*actions: PlannedAction) -> Register:
    return Register(made_settings(), {}, {}, {}, (), {one.id: one for one in actions})


def feed(name: str, *actions: PlannedAction) -> Calendar:
    known = register_with(*actions)
    found = next(one for one in calendar_feeds(known) if one.file == name)
    read = Calendar.from_ical(feed_bytes(found, known))
    assert isinstance(read, Calendar)
    return read


def events(calendar: Calendar) -> dict[str, Event]:
    return {str(event["UID"]): event for event in calendar.events}


def test_day_and_time_read_back_with_zone_and_state() -> None:
    whole = feed(WHOLE_FEED, VOTE, SITTING)
    identity = made_settings().id
    vote, sitting = events(whole)[f"vote@{identity}"], events(whole)[f"sitting@{identity}"]

    assert (vote.start, vote.end) == (date(2027, 3, 1), date(2027, 3, 4))
    assert (vote["SEQUENCE"], vote["STATUS"], str(vote["URL"])) == (3, "CONFIRMED", "https://example.org/vote")
    assert vote["SUMMARY"].params == {"LANGUAGE": "en"}
    assert str(vote["SUMMARY"]) == "Plenary: vote, first reading"
    assert str(vote["DESCRIPTION"]) == ("The vote; then a press conference.\nIn Strasbourg.\nProcedure: 2024/0035(COD)")
    assert vote.categories == ["VOTE"]
    assert vote.DTSTAMP == vote.LAST_MODIFIED == datetime.fromisoformat("2026-11-27T00:00:00+00:00")
    assert sitting["STATUS"] == "CANCELLED"
    assert sitting.categories == ["SITTING", "FI"]
    assert sitting.start.isoformat() == "2027-03-28T09:00:00+03:00"  # on this day the clocks went forward
    assert sitting["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert [str(zone["TZID"]) for zone in whole.timezones] == ["Europe/Helsinki"]


def test_calendar_says_its_name_and_when_to_ask_again() -> None:
    whole = feed(WHOLE_FEED, VOTE)

    assert str(whole["X-WR-CALNAME"]) == str(whole["NAME"]) == made_settings().title
    assert whole["REFRESH-INTERVAL"].dt == timedelta(days=1)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in whole.to_ical()


def test_action_without_a_country_is_in_the_feed_of_each() -> None:
    known = register_with(VOTE, SITTING)
    found = {one.file: [action.id for action in one.actions] for one in calendar_feeds(known)}
    others = {f"country-{code}.ics": ["vote"] for code in known.settings.countries if code != "FI"}

    assert "FI" in known.settings.countries
    assert found == {
        WHOLE_FEED: ["vote", "sitting"],
        "country-FI.ics": ["vote", "sitting"],
        "language-en.ics": ["vote"],
        "language-fi.ics": ["sitting"],
        **others,
    }


def test_feeds_are_written_whole_and_equal_registers_give_equal_bytes(tmp_path: Path) -> None:
    known = register_with(VOTE, SITTING)
    written = write_calendars(known, tmp_path / "one")
    again = write_calendars(known, tmp_path / "two")

    assert sorted(path.name for path in written) == sorted(path.name for path in (tmp_path / "one").iterdir())
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]


def test_register_without_actions_has_no_feeds(tmp_path: Path) -> None:
    assert write_calendars(register_with(), tmp_path / "none") == ()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("text", ["a\rBEGIN:VEVENT", "a\x0bb", "right\u202eleft", "a\u2028b"])
def test_text_cannot_end_its_line(text: str) -> None:
    known = register_with(VOTE.model_copy(update={"title": text, "says": text}))
    content = feed_bytes(CalendarFeed("x.ics", text, tuple(known.actions.values())), known)

    assert content.split(b"\r\n").count(b"BEGIN:VEVENT") == 1
    assert all(character not in content.decode() for character in "\u202e\u2028\x0b")
    assert b"\r" not in content.replace(b"\r\n", b"")


@settings(max_examples=examples(150), deadline=None)
@given(ACTIONS)
def test_every_action_reads_back(action: PlannedAction) -> None:
    known = register_with(action)
    content = feed_bytes(CalendarFeed("x.ics", "x", (action,)), known)
    (event,) = Calendar.from_ical(content).events

    assert str(event["UID"]) == f"{action.id}@{known.settings.id}"
    assert event["SEQUENCE"] == action.sequence
    assert str(event["STATUS"]).lower() == action.status
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    if isinstance(action.starts, datetime):
        assert isinstance(event.start, datetime)
        assert event.start.replace(tzinfo=None) == action.starts
    else:
        assert event.start == action.starts
        assert event.end == (action.ends or action.starts) + timedelta(days=1)


@settings(max_examples=examples(60), deadline=None)
@given(ACTIONS.filter(lambda action: action.first_day.year >= 1970))
def test_libical_reads_every_action_without_an_error(action: PlannedAction) -> None:
    known = register_with(action)
    read = read_with_libical(feed_bytes(CalendarFeed("x.ics", "x", (action,)), known))

    assert (read.errors, read.kept) == (0, True)
    assert [(uid, sequence) for uid, _, sequence in read.events] == [
        (f"{action.id}@{known.settings.id}", action.sequence)
    ]


def test_text_of_which_nothing_is_left_is_not_an_empty_line() -> None:
    known = register_with(VOTE.model_copy(update={"title": "\x1b", "says": "\x07", "procedure": None}))
    content = feed_bytes(CalendarFeed("x.ics", "\x1b", tuple(known.actions.values())), known)
    (event,) = Calendar.from_ical(content).events

    assert str(event["SUMMARY"]) == "vote"
    assert "DESCRIPTION" not in event


def test_libical_reads_the_summaries_as_they_were_written() -> None:
    known = register_with(VOTE, SITTING)
    whole = next(one for one in calendar_feeds(known) if one.file == WHOLE_FEED)
    read = read_with_libical(feed_bytes(whole, known))

    assert [summary for _, summary, _ in read.events] == [VOTE.title, SITTING.title]


def test_libical_sees_what_is_no_calendar() -> None:
    known = register_with(VOTE)
    broken = feed_bytes(calendar_feeds(known)[0], known).replace(b"DTSTART;VALUE=DATE:2027", b"DTSTART;VALUE=DATE:then")

    assert read_with_libical(broken).errors + (not read_with_libical(broken).kept) > 0
