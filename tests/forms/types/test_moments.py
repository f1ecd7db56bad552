from __future__ import annotations

import pytest

from kuule.forms.types import date, datetime, time
from kuule.forms.types.violations import Violation, ViolationKind


@pytest.mark.parametrize(("typed", "stored"), [("2026-11-24", "2026-11-24"), ("٢٠٢٦-١١-٢٤", "2026-11-24"), ("", "")])
def test_date_that_exists(typed: str, stored: str) -> None:
    assert date.decode([typed]) == stored


@pytest.mark.parametrize("typed", ["2026-02-29", "24.11.2026", "2026-1-1", "2026", "tomorrow"])
def test_date_that_does_not_fit(typed: str) -> None:
    assert date.decode([typed]) == Violation(ViolationKind.DATE)


def test_year_and_month_stand_for_their_first_day_where_asked_so() -> None:
    assert date.decode(["1999"], appearance={"year"}) == "1999-01-01"
    assert date.decode(["1999-3"], appearance={"month-year"}) == "1999-03-01"
    assert (date.encode("1999-01-01", appearance={"year"}), date.encode("1999-03-01", appearance={"month-year"})) == (
        "1999",
        "1999-03",
    )


@pytest.mark.parametrize(
    ("value", "stored"), [("1999-11-23T23:30:05", "1999-11-23"), ("2025-03-07T14:30:00-08:00", ""), ("2025-02-30", "")]
)
def test_stored_form_of_a_date(value: str, stored: str) -> None:
    assert date.to_stored_form(value) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [("9:05", "09:05:00"), ("14.30", "14:30:00"), ("14:30:15", "14:30:15"), ("", "")]
)
def test_time_that_fits(typed: str, stored: str) -> None:
    assert time.decode([typed]) == stored


@pytest.mark.parametrize("typed", ["24:00", "9", "noon", "12:60"])
def test_time_that_does_not_fit(typed: str) -> None:
    assert time.decode([typed]) == Violation(ViolationKind.TIME)


@pytest.mark.parametrize("posted", [["2026-11-24T14:30"], ["2026-11-24", "14:30"], ["2026-11-24 14:30"]])
def test_datetime_in_one_field_or_two(posted: list[str]) -> None:
    assert datetime.decode(posted) == "2026-11-24T14:30:00"


def test_datetime_that_lacks_a_part_does_not_fit() -> None:
    assert datetime.decode(["2026-11-24"]) == Violation(ViolationKind.TIME)
    assert datetime.decode(["", "14:30"]) == Violation(ViolationKind.DATE)


def test_datetime_is_shown_without_seconds_that_are_none() -> None:
    assert datetime.encode("2026-11-24T14:30:00") == "2026-11-24T14:30"
