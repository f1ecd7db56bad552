"""The median of a scale, from the numbers that are shown and from nothing else.

It is given only if it would be the same whatever the hidden numbers are, and if noise cannot have moved it. The
smallest and the largest answer are never given: each could be that of a single person.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin

_DEVIATIONS = 4
"""How many standard deviations of the noise of all rows together are allowed for. The noise is larger in fewer than
1 of 10,000 tables."""


def median_row(column: ReleasedColumn, origin: ReleasedOrigin) -> int | None:
    """The index of the row with the median, that is, of the person with as many people before as behind them; None if
    that is not certain. Rows are in the order of the scale; `origin` is that of the table."""
    if any(cell.count is None and not cell.below_threshold for cell in column.cells):
        return None
    least, most = _least(column.cells), _most(column.cells, origin.smallest_count)
    noise = _noise_reach(len(least), origin)
    return next((row for row in range(len(least)) if _is_certain(row, least, most, noise)), None)


def _is_certain(row: int, least: Sequence[int], most: Sequence[int], noise: int) -> bool:
    """Whether fewer than half of the people are before the row and fewer than half behind it, by more than the noise,
    and even with the least favourable hidden numbers."""
    before, behind = slice(None, row), slice(row + 1, None)
    sides = (sum(most[before]), least[row] + sum(least[behind])), (sum(most[behind]), least[row] + sum(least[before]))
    return all(side + noise < rest for side, rest in sides)


def _noise_reach(rows: int, origin: ReleasedOrigin) -> int:
    """By how much noise can move one side of a table with this many rows against the other."""
    return min(origin.noise_bound * rows, ceil(_DEVIATIONS * sqrt(origin.noise_variance * rows)))


def _least(cells: Sequence[ReleasedCell]) -> list[int]:
    return [cell.count or 0 for cell in cells]


def _most(cells: Sequence[ReleasedCell], smallest_count: int) -> list[int]:
    """The largest possible numbers: a hidden one is below `smallest_count`, with noise."""
    return [smallest_count - 1 if cell.count is None else cell.count for cell in cells]
