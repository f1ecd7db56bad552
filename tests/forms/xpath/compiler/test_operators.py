from __future__ import annotations

import math

import pytest

from kuule.forms.xpath.compiler.operators import divide, remainder
from tests.forms.xpath.asking import ask


@pytest.mark.parametrize(
    ("left", "right", "quotient"),
    [(6.0, 4.0, 1.5), (1.0, 0.0, math.inf), (-1.0, 0.0, -math.inf), (1.0, -0.0, -math.inf)],
)
def test_divide_where_python_would_raise(left: float, right: float, quotient: float) -> None:
    assert divide(left, right) == quotient


def test_divide_nothing_by_nothing_is_no_number() -> None:
    assert [math.isnan(divide(left, 0.0)) for left in (0.0, math.nan)] == [True, True]


def test_remainder_has_the_sign_of_the_dividend() -> None:
    assert [remainder(-5.0, 3.0), remainder(5.0, -3.0), remainder(5.0, math.inf)] == [-2.0, 2.0, 5.0]


def test_remainder_of_what_has_none() -> None:
    assert [math.isnan(remainder(*pair)) for pair in ((1.0, 0.0), (math.inf, 1.0), (math.nan, 1.0))] == [True] * 3


def test_chain_is_from_the_left_and_reads_texts_as_numbers() -> None:
    xml = "<data><a>10</a><b>4</b></data>"
    assert ask("a - b - 1", xml).number == 5.0
    assert ask("-a + --b", xml).number == -6.0
    assert math.isnan(ask("a + nothing", xml).number)
