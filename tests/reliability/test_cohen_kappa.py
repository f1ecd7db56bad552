"""Kappa against the example that Cohen (1960) works out himself, and by laws that hold for any codings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.reliability.cohen_kappa import cohen_kappa, percent_agreement

COHEN_1960 = {"aa": 88, "ab": 10, "ac": 2, "ba": 14, "bb": 40, "bc": 6, "ca": 18, "cb": 10, "cc": 12}
"""Table 1 of his article, as counts of 200."""


def pairs_of(table: dict[str, int]) -> list[tuple[str, str]]:
    return [(pair[0], pair[1]) for pair, times in table.items() for _ in range(times)]


def test_the_example_of_cohen() -> None:
    assert cohen_kappa(pairs_of(COHEN_1960)) == pytest.approx(0.492, abs=0.0005)
    assert percent_agreement(pairs_of(COHEN_1960)) == 0.7


def test_the_textbook_table_of_fifty_applications() -> None:
    assert cohen_kappa(pairs_of({"yy": 20, "yn": 5, "ny": 10, "nn": 15})) == pytest.approx(0.4)


def test_nothing_coded_and_one_value_throughout_have_no_kappa() -> None:
    assert cohen_kappa([]) is None
    assert percent_agreement([]) is None
    assert cohen_kappa([(True, True)] * 9) is None
    assert cohen_kappa([(True, False)] * 9) == 0


PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=20)


@given(PAIRS)
def test_who_is_named_first_makes_no_difference(pairs: list[tuple[int, int]]) -> None:
    assert cohen_kappa((other, one) for one, other in pairs) == cohen_kappa(pairs)


@given(PAIRS)
def test_kappa_is_one_exactly_where_nobody_differs(pairs: list[tuple[int, int]]) -> None:
    kappa = cohen_kappa(pairs)
    if kappa is not None:
        assert (kappa == 1) is all(one == other for one, other in pairs)
        assert -1 <= kappa <= 1
