"""The calendar of a study, read by the library that calendar programs have."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from kuule.planning.study_calendar import calendar_bytes
from kuule.planning.study_day import StudyDay
from kuule.planning.study_days import StudyDays, read_study_days
from tests.planning.small_plan import make_plan

NOW = datetime(2027, 1, 5, 12, 30, 15, tzinfo=UTC)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "study")


def events(study: Path, now: datetime = NOW) -> dict[str, Event]:
    read = Calendar.from_ical(calendar_bytes(read_study_days(study), now))
    return {str(one["UID"]): one for one in read.walk("VEVENT")}


def test_every_day_is_a_whole_day_with_what_to_do_and_the_command(study: Path) -> None:
    found, made = read_study_days(study), events(study)
    assert set(made) == {f"{one.id}@small-study.kuule" for one in found.days}
    for one in found.days:
        event = made[f"{one.id}@small-study.kuule"]
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (one.day, one.day + timedelta(days=1))
        assert str(event["SUMMARY"]) == one.title
        assert str(event["DESCRIPTION"]).splitlines() == [one.what, *one.commands]
        assert (str(event["CLASS"]), str(event["TRANSP"])) == ("PRIVATE", "TRANSPARENT")


def test_event_whose_day_moves_keeps_its_identity_and_has_a_higher_number(study: Path) -> None:
    before = events(study)
    settings = study / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("closes = 2028-02-29", "closes = 2028-03-31"), "utf-8")
    after = events(study, NOW + timedelta(hours=1))
    assert set(before) <= set(after), "there are more looks at the sheets, and none was lost"
    name = "closes@small-study.kuule"
    assert [one[name].decoded("DTSTART") for one in (before, after)] == [date(2028, 2, 29), date(2028, 3, 31)]
    assert before[name]["SEQUENCE"] < after[name]["SEQUENCE"]
    assert before[name].decoded("DTSTAMP") < after[name].decoded("DTSTAMP")


def tasks(study: Path) -> dict[str, tuple[str, date]]:
    made = events(study).items()
    return {name: (str(one["SUMMARY"]), one.decoded("DTSTART")) for name, one in made if name.startswith("task-")}


def test_task_keeps_its_identity_whatever_comes_before_it_and_when_its_day_moves(study: Path) -> None:
    launch = study / "launches" / "opening.toml"
    first, told = launch.read_text("utf-8"), "Tell the help lines that more people may call"
    [name] = tasks(study)
    head, _, listed = first.partition("[[tasks]]")
    added = '[[tasks]]\nkind = "other"\nwhat = "Book the room"\nby = 2027-02-25\n\n'
    launch.write_text(f"{head}{added}[[tasks]]{listed.replace('2027-02-20', '2027-02-22')}", "utf-8")
    more = tasks(study)
    assert more.pop(name) == (told, date(2027, 2, 22))
    assert [one for one, _ in more.values()] == ["Book the room"]
    launch.write_text(first, "utf-8")
    assert tasks(study) == {name: (told, date(2027, 2, 20))}


def test_same_task_for_two_partners_and_twice_for_one_are_three_events(study: Path) -> None:
    launch = study / "launches" / "opening.toml"
    once = '\n[[tasks]]\nkind = "other"\nwhat = "Report how it went"\nwho = "{}"\nby = {}\n'
    before = tasks(study)
    days = (("childx", "2027-04-01"), ("radio", "2027-04-01"), ("childx", "2027-05-01"))
    with launch.open("a", encoding="utf-8") as file:
        file.writelines(once.format(*one) for one in days)
    added = {name: when for name, (_, when) in tasks(study).items() if name not in before}
    assert sorted(added.values()) == [date(2027, 4, 1), date(2027, 4, 1), date(2027, 5, 1)]


def test_no_text_ends_a_line_or_begins_another_event() -> None:
    hostile = StudyDay("a", date(2027, 4, 1), "Öppna\r\nBEGIN:VALARM\u2028, it; says " + "å" * 90, "x\nEND:VEVENT")
    content = calendar_bytes(StudyDays("small-study", "A\r\nX: y", (hostile,)), NOW)
    lines = content.split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert max(map(len, lines)) <= 75
    assert [line for line in lines if b"\n" in line or line.startswith((b"BEGIN:VALARM", b"X:"))] == []
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith("Öppna BEGIN:VALARM , it; says å")


def test_same_files_at_the_same_moment_give_the_same_bytes(study: Path) -> None:
    assert calendar_bytes(read_study_days(study), NOW) == calendar_bytes(read_study_days(study), NOW)
