from __future__ import annotations

import math
from datetime import UTC

import pytest

from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import (
    DateValue,
    Value,
    format_number,
    parse_number,
    to_boolean,
    to_number,
    to_string,
)

SOME_DAY = DateValue(0.0, "1970-01-01")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (17.0, "17"),
        (-2.5, "-2.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e21, "1000000000000000000000"),
        (1.5e-9, "0.0000000015"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_text_of_number_has_no_exponent(number: float, text: str) -> None:
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        (" -1.5\n", -1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1970-01-03", 2.0),
        ("1970-01-01T12:00:00Z", 0.5),
        ("1970-01-01T00:00:00+12:00", -0.5),
    ],
)
def test_number_of_text(text: str, number: float) -> None:
    assert parse_number(text, UTC) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "1e3", "+1", "- 1", "1 2", "0x10", "inf", "nan", "1_000", "٣", "²", "1,5", "1970-02-30", "1970-13"],
)
def test_number_of_text_that_is_none(text: str) -> None:
    assert math.isnan(parse_number(text, UTC))


@pytest.mark.parametrize(
    ("value", "text", "number", "truth"),
    [
        ("", "", math.nan, False),
        ("false", "false", math.nan, True),
        ("0", "0", 0.0, True),
        (True, "true", 1.0, True),
        (False, "false", 0.0, False),
        (0.0, "0", 0.0, False),
        (math.nan, "NaN", math.nan, False),
        (SOME_DAY, "1970-01-01", 0.0, True),
        (DateValue(math.nan, ""), "", math.nan, False),
        ([], "", math.nan, False),
        ([Node("a", text="4"), Node("a", text="5")], "4", 4.0, True),
        ([Node("a")], "", math.nan, True),
    ],
)
def test_conversions_between_types(value: Value, text: str, number: float, truth: bool) -> None:
    found = to_number(value, UTC)
    assert (to_string(value), to_boolean(value)) == (text, truth)
    assert found == number or (math.isnan(found) and math.isnan(number))
