"""Shares in whole per cent. They are calculated only from what is shown of a column, so they reveal nothing more.

Every number has its own noise, so the answers of a column do not add up to its base. If people could give one answer
and every answer is shown, the sum and the base are two measurements of the same people. Their difference is spread
evenly over the answers and the base (least squares), and the shares add up to 100. docs/decisions/0050.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from kuule.tables.released import ReleasedColumn

_WHOLE = 100


def with_shares(column: ReleasedColumn, *, multiple: bool) -> ReleasedColumn:
    """The column with the share of each answer that has a count. `multiple` says that a person could give several
    answers. A column that is carried forward keeps the shares it has."""
    if column.base is None or column.carried_from:
        return column
    counts = [cell.count for cell in column.cells if cell.count is not None]
    shares = iter(
        _shares_of_multiple(counts, column.base) if multiple else _shares_of_single(counts, column, column.base)
    )
    cells = (cell if cell.count is None else replace(cell, share=next(shares)) for cell in column.cells)
    return replace(column, cells=tuple(cells))


def _shares_of_multiple(counts: Sequence[int], base: int) -> list[int]:
    """Shares of the base, at most 100: through noise, an answer that everyone gave can have a count above the base."""
    return [min(_WHOLE, (2 * _WHOLE * count + base) // (2 * base)) for count in counts]


def _shares_of_single(counts: Sequence[int], column: ReleasedColumn, base: int) -> list[int]:
    """Shares that add up to 100. If answers are hidden, they take what is left of the base; if nothing is left, the
    shares are calculated as if none were hidden."""
    left = base - sum(counts)
    if len(counts) < len(column.cells) and left > 0:
        return rounded_percentages([*map(Fraction, counts), Fraction(left)])[: len(counts)]
    return rounded_percentages([count + Fraction(left, len(counts) + 1) for count in counts])


def rounded_percentages(parts: Sequence[Fraction]) -> list[int]:
    """The shares of parts in their sum, in whole per cent that add up to 100. Each is rounded down, and what is left
    goes to those that lost most. Equal parts have equal shares; if that makes 100 impossible, the sum is as close as it
    can be.
    """
    total = sum(parts)
    exact = {part: _WHOLE * part / total for part in parts}
    shares = {part: int(share) for part, share in exact.items()}
    many = Counter(parts)
    left = _WHOLE - sum(shares[part] for part in parts)
    for part in sorted(exact, key=lambda one: exact[one] - shares[one], reverse=True):
        if abs(left - many[part]) >= abs(left):
            break
        shares[part] += 1
        left -= many[part]
    return [shares[part] for part in parts]
