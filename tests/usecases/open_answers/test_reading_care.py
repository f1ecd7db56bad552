"""Breaks and the end of a day, by a clock that the test turns."""

from __future__ import annotations

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from kuule.usecases.open_answers.reading_care import (
    BREAK_SECONDS,
    ReadingDay,
    ReadingLimits,
    ReadingState,
    reading_file,
    reading_today,
)

DAY = date(2026, 11, 28)


class Clock:
    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reading(clock: Clock) -> ReadingDay:
    day = ReadingDay(ReadingLimits(minutes=10, minutes_a_day=25, texts_a_day=9), clock)
    day.begin()
    return day


def read(reading: ReadingDay, clock: Clock, minutes: float) -> None:
    """Look again and again, once a minute."""
    for _ in range(round(minutes)):
        clock.at += 60
        reading.look()


def test_before_the_note_nothing_opens(clock):
    assert ReadingDay(ReadingLimits(), clock).state is ReadingState.NOTE


def test_break_comes_after_its_minutes_and_lasts(reading, clock):
    reading.unfold("a")
    states = []
    for minutes in (9, 1):
        read(reading, clock, minutes)
        states.append(reading.state)
    assert states == [ReadingState.OPEN, ReadingState.BREAK]
    assert reading.rest() == BREAK_SECONDS
    assert reading.opened == set()
    clock.at += BREAK_SECONDS - 1
    assert not reading.come_back()
    clock.at += 1
    assert reading.come_back()
    assert reading.state is ReadingState.OPEN


def test_day_is_done_by_minutes_with_breaks_between(reading, clock):
    for _ in range(2):
        reading.unfold("a")
        read(reading, clock, 10)
        reading.rest()
        clock.at += BREAK_SECONDS
        assert reading.come_back()
    reading.unfold("b")
    read(reading, clock, 5)
    assert reading.state is ReadingState.DAY_DONE


def test_who_walked_away_was_not_reading(reading, clock):
    reading.unfold("a")
    clock.at += 8 * 60 * 60
    reading.look()
    assert reading.seconds == 5 * 60


def test_other_pages_are_no_reading(reading, clock):
    read(reading, clock, 60)
    assert reading.seconds == 0


def test_text_counts_once(reading):
    for text in ("a", "b", "a"):
        reading.unfold(text)
    assert reading.texts == 2


def test_today_is_kept_privately_and_tomorrow_is_new(tmp_path, clock):
    file = tmp_path / "state" / "today.json"
    limits = ReadingLimits()
    for role in ("reader-1", "reader-2"):
        reading_today(limits, role=role, day=DAY, file=file, now=clock).unfold("a")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert reading_today(limits, role="reader-1", day=DAY, file=file, now=clock).texts == 1
    assert reading_today(limits, role="reader-1", day=DAY + timedelta(1), file=file, now=clock).texts == 0


@pytest.mark.parametrize("content", ["", "[]", "{", '{"day": "2026-11-28", "read": {"reader-1": 3}}', "\x00"])
def test_what_is_kept_badly_begins_anew(tmp_path, clock, content):
    (tmp_path / "today").write_text(content)
    kept = reading_today(ReadingLimits(), role="reader-1", day=DAY, file=tmp_path / "today", now=clock)
    assert (kept.seconds, kept.texts) == (0, 0)


def test_state_is_where_the_system_keeps_states():
    assert reading_file({"XDG_STATE_HOME": "/state"}) == Path("/state/kuule/reading-today.json")
