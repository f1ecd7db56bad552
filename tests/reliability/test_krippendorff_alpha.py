"""Alpha against the worked examples of Krippendorff (2011), and by laws that hold for any codings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.reliability.krippendorff_alpha import Level, krippendorff_alpha

TWO_OBSERVERS = ("0100000010", "1110010000")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units_of(observers: tuple[str, ...]) -> list[list[int]]:
    """What each unit was given; a dot is a unit that an observer left out."""
    return [[int(value) for value in unit if value != "."] for unit in zip(*observers, strict=True)]


def test_two_observers_and_two_values() -> None:
    for level in Level:
        assert krippendorff_alpha(units_of(TWO_OBSERVERS), level) == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(
    ("level", "expected"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_four_observers_and_twelve_units_with_gaps(level: Level, expected: float) -> None:
    assert krippendorff_alpha(units_of(FOUR_OBSERVERS), level) == pytest.approx(expected, abs=0.0005)


CODINGS = st.lists(st.lists(st.integers(0, 5), min_size=0, max_size=4), max_size=12)
LEVELS = st.sampled_from(list(Level))


@given(CODINGS, LEVELS, st.randoms(use_true_random=False))
def test_who_coded_first_makes_no_difference(units: list[list[int]], level: Level, chance: random.Random) -> None:
    shuffled = [chance.sample(unit, len(unit)) for unit in units]
    assert krippendorff_alpha(shuffled, level) == pytest.approx(krippendorff_alpha(units, level))


@given(CODINGS, LEVELS)
def test_alpha_is_one_exactly_where_nobody_differs(units: list[list[int]], level: Level) -> None:
    alpha = krippendorff_alpha(units, level)
    differ = any(len(set(unit)) > 1 for unit in units)
    if alpha is not None:
        assert (alpha == 1) is not differ
        assert alpha <= 1
    else:
        assert not differ


@given(CODINGS, LEVELS)
def test_a_unit_that_one_coder_coded_counts_nothing(units: list[list[int]], level: Level) -> None:
    assert krippendorff_alpha([*units, [3]], level) == pytest.approx(krippendorff_alpha(units, level))


@given(CODINGS, st.integers(-9, 9), st.integers(1, 9))
def test_another_unit_of_measure_makes_no_difference(units: list[list[int]], shift: int, factor: int) -> None:
    moved = [[value * factor + shift for value in unit] for unit in units]
    for level in Level:
        assert krippendorff_alpha(moved, level) == pytest.approx(krippendorff_alpha(units, level))


@pytest.mark.parametrize("units", [[], [[1]], [[1, 1], [1, 1]]])
def test_alpha_is_not_defined_without_values_that_vary(units: list[list[int]]) -> None:
    assert [krippendorff_alpha(units, level) for level in Level] == [None, None, None]
