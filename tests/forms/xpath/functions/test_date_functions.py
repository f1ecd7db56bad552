from __future__ import annotations

import math
from datetime import timedelta, timezone

import pytest

from tests.forms.xpath.asking import ask

XML = "<data><born>2001-02-28</born><at>2026-11-24T23:30:00-02:00</at><blank/></data>"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("today()", "2026-11-24"),
        ("now()", "2026-11-24T15:04:05.678Z"),
        ("today() + 1", "20782"),
        ("date(today() + 7)", "2026-12-01"),
        ("date(0)", "1970-01-01"),
        ("date(at)", "2026-11-25"),
        ("date(blank)", ""),
        ("date('2026-02-30')", ""),
        ("date-time(born)", "2001-02-28"),
        ("date-time(0.5)", "1970-01-01T12:00:00.000Z"),
        ("date-time('soon')", ""),
        ("format-date(born, '%e %b %Y')", "28 Feb 2001"),
        ("format-date-time(at, '%H:%M')", "01:30"),
        ("format-date(blank, '%Y')", ""),
        ("string(born)", "2001-02-28"),
    ],
)
def test_moments_as_text(expression: str, text: str) -> None:
    assert ask(expression, XML).string == text


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("today() - date('2026-11-20')", 4.0),
        ("int((today() - born) div 365.25)", 25.0),
        ("decimal-date-time('1970-01-02T06:00:00Z')", 1.25),
        ("decimal-date-time(born)", 11381.0),
        ("decimal-date-time('soon')", math.nan),
        ("decimal-time('18:00:00')", 0.75),
        ("decimal-time(blank)", math.nan),
    ],
)
def test_moments_as_numbers(expression: str, number: float) -> None:
    found = ask(expression, XML).number
    assert found == number or (math.isnan(found) and math.isnan(number))


def test_a_date_in_another_zone_begins_at_its_midnight() -> None:
    assert ask("date('1970-01-02')", zone=timezone(timedelta(hours=6))).number == 0.75
