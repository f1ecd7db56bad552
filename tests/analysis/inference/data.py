"""Counts that the tests of statistics share: ordinary ones, ties, empty cells, and what is drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

TOLERANCE = 1e-9

SHARES = [(0, 7), (1, 9), (5, 5), (37, 120), (601, 1416), (3, 22_285)]
PAIRS = [(12, 40, 30, 55), (5, 60, 9, 44), (300, 643, 500, 1416), (1, 9, 7, 8), (20, 20, 14, 31)]
"""A count and its base, and those of the group that it is compared with."""

TABLES = [
    [[20, 15], [30, 80]],
    [[12, 40, 7], [30, 22, 19]],
    [[12, 40, 7, 1], [30, 22, 19, 6], [9, 9, 11, 30]],
    [[10, 0, 5], [3, 0, 14]],
    [[100, 200, 300], [100, 200, 300]],
]
SMALL_TABLES = [[[3, 1], [1, 6]], [[0, 5], [6, 2]], [[2, 30], [7, 4]]]
STRATA = [
    [[[12, 28], [30, 25]], [[5, 55], [9, 35]], [[40, 20], [33, 44]]],
    [[[1, 8], [7, 1]], [[3, 0], [2, 5]], [[0, 4], [6, 11]]],
    [[[15, 30], [9, 41]]],
]
"""Of each stratum: a row a group, (gave the answer, did not)."""
WIDER_STRATA = [
    [[[12, 4, 7], [3, 22, 9], [8, 8, 8]], [[2, 14, 5], [9, 3, 3], [6, 10, 1]]],
    [[[5, 3, 0, 9], [4, 4, 0, 2]], [[1, 7, 0, 6], [8, 2, 0, 2]], [[3, 3, 0, 3], [2, 9, 0, 1]]],
]
GROUPS: list[list[dict[float, int]]] = [
    [{1: 5, 2: 9, 3: 4}, {1: 2, 2: 6, 3: 11, 4: 8}],
    [{18: 13, 25: 1, 31: 2, 47: 1}, {19: 2, 25: 13, 60: 1, 71: 5}, {18: 6, 44: 6}],
    [{0.5: 11, 2.25: 3}, {0.5: 10}, {2.25: 12}, {-3.0: 1, 0.5: 15}],
]
FEW = [
    ({1: 2, 2: 1, 4: 3}, {1: 1, 3: 2, 4: 1, 5: 1}),
    ({3: 5}, {4: 5}),
    ({1: 1, 2: 1, 7: 1, 9: 1, 12: 1}, {3: 1, 4: 1, 8: 1, 15: 1, 16: 1, 20: 1}),
]
"""Two groups of so few people that every way to draw them can be gone through."""
P_VALUES = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 1.0, 0.0, 0.049], [0.9, 0.001, 0.001, 0.7, 0.04, 0.3, 1e-12]]
VALUES = [{3: 1}, {3: 2, 8: 1}, {18: 3, 25: 1, 31: 2, 47: 1}, {0.5: 11, 2.25: 3, -7: 4}, {1: 5, 2: 5}]

a_table = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda sides: st.lists(
        st.lists(st.integers(0, 60), min_size=sides[1], max_size=sides[1]), min_size=sides[0], max_size=sides[0]
    )
)
a_share = st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
some_values = st.dictionaries(st.integers(-5, 12), st.integers(1, 30), min_size=1, max_size=8)


def people(values: dict[float, int]) -> list[float]:
    """One by one."""
    return [value for value, count in values.items() for _ in range(count)]
