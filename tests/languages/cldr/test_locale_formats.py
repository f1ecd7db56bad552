"""Days and times as languages write them."""

from __future__ import annotations

import pytest

from kuule.languages.cldr.locale_formats import (
    format_clock,
    format_day,
    format_month,
    format_partial_day,
    weekday_name,
)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", ("24 November 2026", "November 2026", "14:30")),
        ("sv", ("24 november 2026", "november 2026", "14:30")),
        ("fa", ("۲۴ نوامبر ۲۰۲۶", "نوامبر ۲۰۲۶", "۱۴:۳۰")),
    ],
)
def test_moments_are_in_the_order_words_and_digits_of_the_language(tag: str, written: tuple[str, str, str]) -> None:
    assert (format_day("2026-11-24", tag), format_month("2026-11", tag), format_clock("14:30", tag)) == written


@pytest.mark.parametrize(("tag", "year"), [("en", "2026"), ("fa", "۲۰۲۶"), ("ar", "2026")])
def test_day_of_which_only_a_part_is_known_says_that_part(tag: str, year: str) -> None:
    said = [format_partial_day(text, tag) for text in ("2026", "2026-11", "2026-11-24")]
    assert said == [year, format_month("2026-11", tag), format_day("2026-11-24", tag)]


def test_what_is_no_day_is_told() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        format_day("2026-02-30", "en")


def test_no_language_has_the_weekdays_of_another_that_was_asked_first() -> None:
    """None of the three says of itself how a weekday is written that stands alone: CLDR refers to another part."""
    assert [weekday_name(0, tag) for tag in ("sw", "ur", "fa")] == ["Jumatatu", "پیر", "دوشنبه"]
