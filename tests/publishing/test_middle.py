"""The middle answer: right, and said only where no hidden number could move it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.disclosure.door import release
from kuule.publishing.middle import middle
from tests.disclosure.tables import simple
from tests.publishing.released import RULES, result


def column(*counts: int):
    [table] = release([result("age", {"": {f"a{row}": count for row, count in enumerate(counts)}})], RULES)
    return table.columns[0]


@pytest.mark.parametrize(
    ("counts", "row"),
    [
        ((50, 60, 70), 1),
        ((100, 20, 20), 0),
        ((20, 20, 100), 2),
        ((3, 54, 58), None),  # up to 9 before or behind it: it could be either
        ((3, 80, 58), 1),
        ((50, 5, 50), None),
        ((3, 3, 120), None),  # nearly all gave one answer: the door shows no number of it
        ((50, 50), None),  # two in the middle
        ((10, 10), None),  # the group is too small to be shown
    ],
)
def test_middle_is_the_row_that_no_hidden_number_can_move(counts, row):
    assert middle(column(*counts), RULES.smallest_count) == row


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5).filter(lambda counts: sum(counts) >= 40))
def test_middle_is_that_of_every_set_of_counts_that_would_look_the_same(counts):
    [table] = release([simple("age", {f"a{row}": count for row, count in enumerate(counts)})], RULES)
    released = table.columns[0]
    row = middle(released, RULES.smallest_count)
    if row is None:
        return
    could_be = [range(10) if cell.count is None else [cell.count] for cell in released.cells]
    for fill in product(*([values[0], values[-1]] for values in could_be)):
        assert sum(fill[:row]) * 2 < sum(fill)
        assert sum(fill[row + 1 :]) * 2 < sum(fill)
