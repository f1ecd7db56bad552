from __future__ import annotations

import pytest

from kuule.forms.types import decimal, integer
from kuule.forms.types import range as on_range
from kuule.forms.types.violations import Violation, ViolationKind


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" 42 ", "42"),
        ("٤٢", "42"),
        ("४२", "42"),
        ("−5", "-5"),
        ("1 000", "1000"),
        ("007", "7"),
        ("2147483647", "2147483647"),
    ],
)
def test_integer_that_fits(typed: str, stored: str) -> None:
    assert integer.decode([typed]) == stored


@pytest.mark.parametrize("typed", ["4.5", "forty", "2147483648", "1e3", "4-2", "+", "²"])
def test_integer_that_does_not_fit(typed: str) -> None:
    assert integer.decode([typed]) == Violation(ViolationKind.WHOLE_NUMBER)


@pytest.mark.parametrize(("value", "stored"), [("4.9", "4"), ("-2147483649", ""), ("x", ""), ("", ""), ("12", "12")])
def test_stored_form_of_an_integer(value: str, stored: str) -> None:
    assert integer.to_stored_form(value) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [("89", "89.0"), ("1,5", "1.5"), ("٣٫٥", "3.5"), (".5", "0.5"), ("1.50", "1.5"), ("", "")]
)
def test_decimal_that_fits(typed: str, stored: str) -> None:
    assert decimal.decode([typed]) == stored


@pytest.mark.parametrize("typed", ["1.2.3", "a", "1e5", "Infinity", "NaN", "1,000.5"])
def test_decimal_that_does_not_fit(typed: str) -> None:
    assert decimal.decode([typed]) == Violation(ViolationKind.NUMBER)


def test_decimal_is_shown_as_it_would_be_typed() -> None:
    assert (decimal.encode("89.0"), decimal.encode("1.5")) == ("89", "1.5")


@pytest.mark.parametrize(("typed", "stored"), [("3", "3"), ("1", "1"), ("5", "5"), ("", "")])
def test_range_between_its_ends(typed: str, stored: str) -> None:
    assert on_range.decode([typed], bounds=("1", "5", "1"), whole=True) == stored


def test_range_outside_its_ends_or_off_its_step() -> None:
    assert on_range.decode(["6"], bounds=("1", "5", "1"), whole=True) == Violation(
        ViolationKind.NUMBER_RANGE, detail="1–5"
    )
    assert on_range.decode(["0.3"], bounds=("-2.0", "2.0", "0.5"), whole=False) == Violation(
        ViolationKind.NUMBER_RANGE, detail="-2.0–2.0"
    )
