from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kuule.forms.xpath.runtime.dates import (
    datetime_from_days,
    days_from_text,
    format_by_pattern,
    format_datetime,
    fraction_of_day,
    is_date_only,
    parse_datetime,
)
from kuule.forms.xpath.runtime.evaluation_context import english_names

EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1970-01-01", 0.0),
        ("2026-11-24", 20781.0),
        ("1970-01-01T06:00", 0.25),
        ("1970-01-01T06:00:00.000Z", 0.25),
        ("1970-01-01T00:00:00-06:00", 0.25),
        ("1970-01-01T00:00:00-06", 0.25),
    ],
)
def test_days_of_a_moment(text: str, days: float) -> None:
    assert days_from_text(text, UTC) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-11-31",
        "2026-02-29",
        "0000-01-01",
        "2026-11-24T25:00:00",
        "2026-11-24T10:00:60",
        "24-11-2026",
        "2026-11-24T10:00:00+24:00",
        "2026-11-24T10:00:00+02:60",
        "2026-1-1",
        "2026-11-24 10:00",
        "٢٠٢٦-١١-٢٤",
    ],
)
def test_days_of_what_no_calendar_has(text: str) -> None:
    assert math.isnan(days_from_text(text, UTC))


def test_a_date_begins_at_midnight_in_the_zone() -> None:
    assert days_from_text("1970-01-02", EAST) == 1 - 2 / 24
    assert parse_datetime("1970-01-02", EAST) == datetime(1970, 1, 2, tzinfo=EAST)


def test_moment_at_days_and_outside_of_any_calendar() -> None:
    assert datetime_from_days(0.5, UTC) == datetime(1970, 1, 1, 12, tzinfo=UTC)
    assert [datetime_from_days(days, UTC) for days in (math.nan, math.inf, 1e9, -1e9)] == [None] * 4


def test_moment_text_with_and_without_offset() -> None:
    moment = datetime(2026, 11, 24, 15, 4, 5, 678000, tzinfo=UTC)
    assert format_datetime(moment) == "2026-11-24T15:04:05.678Z"
    assert format_datetime(moment.astimezone(EAST)) == "2026-11-24T17:04:05.678+02:00"


def test_is_date_alone() -> None:
    assert [is_date_only(text) for text in ("2026-11-24", "2026-11-24T00:00:00Z", "soon")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "part"),
    [("12:00", 0.5), ("18:00:00.000Z", 0.75), ("06:00:00+06:00", 0.0), ("00:00:00.500", 0.5 / 86400)],
)
def test_part_of_day(text: str, part: float) -> None:
    assert fraction_of_day(text, UTC, date(2026, 11, 24)) == part


@pytest.mark.parametrize("text", ["", "noon", "24:00", "12:60", "12", "12:00:00+25:00", "12:00x"])
def test_part_of_day_of_what_no_clock_shows(text: str) -> None:
    assert math.isnan(fraction_of_day(text, UTC, date(2026, 11, 24)))


def test_formatted_with_every_identifier() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 6000, tzinfo=UTC)
    pattern = "%Y %y %m %n %b %d %e %a %H %h %M %S %3 %% %q"
    assert format_by_pattern(moment, pattern, english_names) == "2026 26 01 1 Jan 02 2 Fri 03 3 04 05 006 % %q"


def test_formatted_in_the_names_of_a_language() -> None:
    def swedish(day: date, kind: str) -> str:
        return {"b": "maj", "a": "tis"}[kind] if day == date(2026, 5, 5) else ""

    assert format_by_pattern(datetime(2026, 5, 5, tzinfo=UTC), "%a %e %b", swedish) == "tis 5 maj"
