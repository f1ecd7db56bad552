"""Sets of numbers against plain comparison, number by number."""

import math

from hypothesis import given
from hypothesis import strategies as st

from kuule.study.logic.intervals import ALL_NUMBERS, Interval, comparison_solutions
from tests.study.logic.test_proofs_hold import SIGNS

FEW = st.one_of(st.integers(-3, 3).map(float), st.sampled_from([-0.5, 0.5, 1.5, math.nan, math.inf, -math.inf]))
COMPARED = {
    "=": lambda one, two: one == two,
    "!=": lambda one, two: one != two,
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    ">=": lambda one, two: one >= two,
}


@given(FEW, SIGNS, FEW)
def test_relation_splits_all_numbers_in_two(number, sign, other):
    true, false = comparison_solutions(sign, other)
    assert (number in true, number in false) == (COMPARED[sign](number, other), not COMPARED[sign](number, other))


@given(FEW, SIGNS, FEW, SIGNS, FEW)
def test_meeting_holds_what_both_hold(number, sign, one, other_sign, two):
    first, second = comparison_solutions(sign, one)[0], comparison_solutions(other_sign, two)[1]
    assert (number in first.intersection(second)) is (number in first and number in second)
    assert (number in ALL_NUMBERS.intersection(first)) is (number in first)


ENDS = FEW.filter(math.isfinite)


@given(ENDS, ENDS, st.booleans(), st.booleans())
def test_interval_holds_a_whole_number_where_one_is_in_it(low, high, low_open, high_open):
    interval = Interval(low, high, low_open, high_open)
    assert interval.holds_any(whole=True) is any(number in interval for number in range(-5, 6))
