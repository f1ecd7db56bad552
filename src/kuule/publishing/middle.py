"""The middle answer of a scale (the median), from the numbers that are shown and from nothing else.

It is said only where it would be the same whatever the hidden numbers are. The smallest and the largest answer are
never said: each would be one person's.
"""

from __future__ import annotations

from collections.abc import Sequence

from kuule.tables.released import ReleasedCell, ReleasedColumn


def middle(column: ReleasedColumn, smallest_count: int) -> int | None:
    """The number of the row in which the person stands who has as many before as behind them, or None where that is
    not sure. Rows are in the order of the scale; `smallest_count` is that of the table."""
    if any(cell.count is None and not cell.few for cell in column.cells):
        return None
    least, most = _least(column.cells), _most(column.cells, smallest_count)
    return next((row for row in range(len(least)) if _surely(row, least, most)), None)


def _surely(row: int, least: Sequence[int], most: Sequence[int]) -> bool:
    """Fewer than half stand before the row and fewer than half behind it, with any hidden number at its worst."""
    before, behind = slice(None, row), slice(row + 1, None)
    return sum(most[before]) < least[row] + sum(least[behind]) and sum(most[behind]) < least[row] + sum(least[before])


def _least(cells: Sequence[ReleasedCell]) -> list[int]:
    return [cell.count or 0 for cell in cells]


def _most(cells: Sequence[ReleasedCell], smallest_count: int) -> list[int]:
    """A hidden number is one below `smallest_count` at the most, noise included."""
    return [smallest_count - 1 if cell.count is None else cell.count for cell in cells]
