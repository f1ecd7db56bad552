"""The middle answer of a scale (the median), from the numbers that are shown and from nothing else.

It is said only where it would be the same whatever the hidden numbers are, and where noise cannot be what put it there.
The smallest and the largest answer are never said: each would be one person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin

_DEVIATIONS = 4
"""Standard deviations of the noise of all rows together: it goes further in fewer than 1 of 10,000 tables."""


def median_row(column: ReleasedColumn, origin: ReleasedOrigin) -> int | None:
    """The number of the row in which the person stands who has as many before as behind them, or None where that is
    not sure. Rows are in the order of the scale; `origin` is that of the table."""
    if any(cell.count is None and not cell.below_threshold for cell in column.cells):
        return None
    least, most = _least(column.cells), _most(column.cells, origin.smallest_count)
    noise = _reach(len(least), origin)
    return next((row for row in range(len(least)) if _surely(row, least, most, noise)), None)


def _surely(row: int, least: Sequence[int], most: Sequence[int], noise: int) -> bool:
    """Fewer than half stand before the row and fewer than half behind it, by more than noise does, and with any hidden
    number at its worst."""
    before, behind = slice(None, row), slice(row + 1, None)
    sides = (sum(most[before]), least[row] + sum(least[behind])), (sum(most[behind]), least[row] + sum(least[before]))
    return all(side + noise < rest for side, rest in sides)


def _reach(rows: int, origin: ReleasedOrigin) -> int:
    """How far noise can move one side of a table of so many rows against the other."""
    return min(origin.noise_bound * rows, ceil(_DEVIATIONS * sqrt(origin.noise_variance * rows)))


def _least(cells: Sequence[ReleasedCell]) -> list[int]:
    return [cell.count or 0 for cell in cells]


def _most(cells: Sequence[ReleasedCell], smallest_count: int) -> list[int]:
    """A hidden number is one below `smallest_count` at the most, noise included."""
    return [smallest_count - 1 if cell.count is None else cell.count for cell in cells]
