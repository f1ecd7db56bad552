"""The middle answer: right, and said only where no hidden number could move it."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.disclosure.release import release
from kuule.disclosure.required_tables import ReleaseCandidate
from kuule.publishing.view.median import median_row
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.result import CellKeys, Column, ResultTable
from tests.disclosure.tables import simple
from tests.publishing.released import RULES, origin, result


def said(*counts: int) -> int | None:
    [table] = release([result("age", {"": {f"a{row}": count for row, count in enumerate(counts)}})], RULES)
    return median_row(table.columns[0], table.origin)


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
        ((60, 69), None),  # noise could be what makes one side the larger
        ((60, 71), 1),
        ((10, 10), None),  # the group is too small to be shown
    ],
)
def test_middle_is_the_row_that_no_hidden_number_can_move(counts, row):
    assert said(*counts) == row


def noisy(counts: list[int], seed: int) -> ReleasedTable:
    """A table with noise, made of record keys that follow from `seed`."""
    draw = Random(seed)
    keys = CellKeys(draw.randrange(2**32), tuple(draw.randrange(2**32) for _ in counts), dict.fromkeys(Missing, 0))
    one = Column("", sum(counts), tuple(counts), dict.fromkeys(Missing, 0), keys)
    rows = tuple(f"a{row}" for row in range(len(counts)))
    exact = ResultTable(TableRequest("age"), origin(), rows, (one,), False)
    [table] = release([ReleaseCandidate(exact, {"": ()})], RULES)
    return table


@pytest.mark.parametrize("counts", [[42, 82, 80, 47], [60, 62], [30, 40, 33, 36, 60], [300, 90, 100, 280]])
def test_middle_is_never_that_of_the_noise(counts):
    """Where the two sides are near each other, noise often puts the larger one first."""
    true = next(row for row in range(len(counts)) if sum(counts[: row + 1]) * 2 > sum(counts))
    tables = [noisy(counts, seed) for seed in range(200)]
    found = {median_row(table.columns[0], table.origin) for table in tables}
    assert found <= {true, None}


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5).filter(lambda counts: sum(counts) >= 40))
def test_middle_is_that_of_every_set_of_counts_that_would_look_the_same(counts):
    [table] = release([simple("age", {f"a{row}": count for row, count in enumerate(counts)})], RULES)
    released = table.columns[0]
    row = median_row(released, table.origin)
    if row is None:
        return
    could_be = [range(10) if cell.count is None else [cell.count] for cell in released.cells]
    for fill in product(*([values[0], values[-1]] for values in could_be)):
        assert sum(fill[:row]) * 2 < sum(fill)
        assert sum(fill[row + 1 :]) * 2 < sum(fill)
