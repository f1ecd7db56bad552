"""Short numbers: what each means in a country, and which of them may be shown there."""

from __future__ import annotations

from datetime import date

import pytest

from kuule.helplines.directory import built_in_directory
from kuule.helplines.service import Service, ServiceAudience, ServiceKind
from kuule.helplines.short_numbers import (
    NumberMeaning,
    NumberState,
    countries_with_emergency_number,
    short_numbers,
    shown_numbers,
)

TODAY = date(2026, 11, 27)
EU = frozenset(
    ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
     "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"]
)  # fmt: skip
MEANINGS = (
    NumberMeaning.EMERGENCY,
    NumberMeaning.VICTIM,
    NumberMeaning.VIOLENCE,
    NumberMeaning.CRISIS,
    NumberMeaning.CHILD,
)


def shown(country: str, *, drafts: bool = True) -> list[tuple[str, str]]:
    there = built_in_directory().for_country(country, drafts=drafts, today=TODAY)
    return [(one.number, str(one.meaning)) for one in shown_numbers(country, there, MEANINGS, drafts=drafts)]


def test_112_works_in_each_country_of_the_european_union_and_is_said_without_a_check() -> None:
    assert countries_with_emergency_number() == EU
    assert shown("MT", drafts=False) == [("112", "emergency")]


def test_numbers_are_shown_where_a_source_says_that_they_work() -> None:
    assert shown("FI") == [("112", "emergency"), ("116006", "victim"), ("116016", "violence"), ("116111", "child")]
    assert shown("MT") == [("112", "emergency"), ("116006", "victim")]
    assert shown("NO", drafts=False) == []


@pytest.mark.parametrize(
    ("country", "number", "meaning"),
    [
        ("UA", "116123", "violence"),
        ("HU", "116123", "crisis"),
        ("NO", "116006", "violence"),
        ("GE", "116006", "violence"),
    ],
)
def test_number_means_in_each_country_what_it_means_there(country: str, number: str, meaning: str) -> None:
    assert (number, meaning) in shown(country)


@pytest.mark.parametrize("state", [NumberState.INFERRED, NumberState.NOT, NumberState.UNKNOWN])
def test_number_that_no_source_has_seen_at_work_is_shown_nowhere(state: NumberState) -> None:
    rows = [one for one in short_numbers() if one.state is state]
    assert rows
    assert [one for one in rows if (one.number, str(one.meaning)) in shown(one.country)] == []


def test_check_of_a_service_brings_its_number_to_the_public_and_says_whom_it_takes() -> None:
    line = Service(
        "SE", "A line", ServiceKind.VICTIM, (ServiceAudience.MEN,), "116 006; 020 12", checked_on=date(2026, 11, 1)
    )
    found = shown_numbers("SE", [line], MEANINGS, drafts=False)
    assert [(one.number, one.grouped, one.link, one.audience) for one in found] == [
        ("112", "112", "tel:112", (ServiceAudience.ANYONE,)),
        ("116006", "116 006", "tel:116006", (ServiceAudience.MEN,)),
    ]


def test_each_number_stands_once_in_a_country_and_each_that_works_has_a_source() -> None:
    places = [(one.country, one.number) for one in short_numbers()]
    assert len(places) == len(set(places))
    assert [one for one in short_numbers() if one.state is not NumberState.UNKNOWN and not one.source] == []
