from __future__ import annotations

import math

import pytest

from kuule.forms.xpath.functions.number_functions import round_half_up
from tests.forms.xpath.asking import ask

XML = "<data><n>1</n><n>5</n><n>-2</n><w>x</w></data>"


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (2.5, 0, 3.0),
        (-2.5, 0, -2.0),
        (0.5, 0, 1.0),
        (2.15, 1, 2.2),
        (1.005, 2, 1.01),
        (-1.475, 2, -1.47),
        (15.0, -1, 20.0),
        (14.9, -1, 10.0),
        (626.3, -3, 1000.0),
        (1e300, 400, 1e300),
        (5.0, -500, 0.0),
        (math.inf, 2, math.inf),
    ],
)
def test_rounded_half_up_on_the_digits_as_written(number: float, places: float, expected: float) -> None:
    assert round_half_up(number, places) == expected


def test_rounded_keeps_the_sign_of_nothing() -> None:
    assert math.copysign(1, round_half_up(-0.4)) == -1


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("number(w)", math.nan),
        ("number(true())", 1.0),
        ("number('2026-11-24')", 20781.0),
        ("int(-2.7)", -2.0),
        ("int('3.9')", 3.0),
        ("floor(-0.5)", -1.0),
        ("ceiling(0.2)", 1.0),
        ("round(2.5)", 3.0),
        ("sum(n)", 4.0),
        ("sum(nothing)", 0.0),
        ("sum(w)", math.nan),
        ("max(n)", 5.0),
        ("min(n, -7)", -7.0),
        ("max(nothing)", math.nan),
        ("max(n, w)", math.nan),
        ("max('2026-11-24', '2026-11-25')", 20782.0),
        ("pow(2, 10)", 1024.0),
        ("pow(-8, 1 div 3)", math.nan),
        ("pow(0, -1)", math.inf),
        ("pow(10, 400)", math.inf),
        ("log(0)", -math.inf),
        ("log(-1)", math.nan),
        ("log10(1000)", 3.0),
        ("abs(-4)", 4.0),
        ("exp(0)", 1.0),
        ("exp(1000)", math.inf),
        ("exp10(3)", 1000.0),
        ("sqrt(9)", 3.0),
        ("sqrt(-1)", math.nan),
        ("sin(0)", 0.0),
        ("cos(0)", 1.0),
        ("tan(0)", 0.0),
        ("asin(2)", math.nan),
        ("acos(1)", 0.0),
        ("atan(0)", 0.0),
        ("atan2(0, 1)", 0.0),
        ("pi()", math.pi),
        ("sin(1 div 0)", math.nan),
    ],
)
def test_number_functions(expression: str, number: float) -> None:
    found = ask(expression, XML).number
    assert found == number or (math.isnan(found) and math.isnan(number))


def test_number_of_a_moment_is_whole_where_it_is_written() -> None:
    asked = ask("number('1970-01-02T12:00:00Z')")
    assert (asked.string, asked.number) == ("1", 1.5)
