"""Opening hours are read where they are written in one of few ways, and else left as they are."""

from __future__ import annotations

import pytest

from kuule.helplines.directory import built_in_directory
from kuule.helplines.opening_hours import OpenHours, read_opening_hours

WEEK = ((0, 6),)
NOT_READ = {
    "24/7",
    "Mon-Sun 09-17 AEST",
    "Mon-Sat from 08:00",
    "Mon-Fri 09-12, 14-17:30; weekends 11-17; nights 19:30-07:00",
    "Mon-Fri 09-20, Swedish 12-14",
    "phone Mon-Fri 14-20, Sat-Sun 17-20; chat Mon-Wed and Sun 17-20",
    "phone 24/7; chat 12:00-22:00",
    "116 111 24/7; 0800 500 500 Tue 13:30-19:30",
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("07-22 daily", (OpenHours(WEEK, (("07:00", "22:00"),)),)),
        ("10-19", (OpenHours((), (("10:00", "19:00"),)),)),
        ("18:00-24:00 daily", (OpenHours(WEEK, (("18:00", "00:00"),)),)),
        ("15:00-03:00 daily", (OpenHours(WEEK, (("15:00", "03:00"),)),)),
        ("Mon-Fri 09-12, 14-17:30", (OpenHours(((0, 4),), (("09:00", "12:00"), ("14:00", "17:30"))),)),
        (
            "Tue 09-11, Thu 13-15",
            (OpenHours(((1, 1),), (("09:00", "11:00"),)), OpenHours(((3, 3),), (("13:00", "15:00"),))),
        ),
        (
            "Mon, Tue, Fri 18-22; Wed 12-14",
            (
                OpenHours(((0, 0), (1, 1), (4, 4)), (("18:00", "22:00"),)),
                OpenHours(((2, 2),), (("12:00", "14:00"),)),
            ),
        ),
    ],
)
def test_hours_are_read_by_day_and_time(text: str, read: tuple[OpenHours, ...]) -> None:
    assert read_opening_hours(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "daily", "Mon", "Mon-Fri", "9-25", "09.00-17.00", "10-19 Mon daily", "10-19 20-21 Mon", "Mon-Fri 10-19 or so"],
)
def test_hours_that_are_not_read_whole_are_not_read_in_part(text: str) -> None:
    assert read_opening_hours(text) == ()


def test_most_hours_of_the_directory_are_read() -> None:
    written = {service.hours for service in built_in_directory().services if service.hours}
    assert {text for text in written if not read_opening_hours(text)} == NOT_READ
