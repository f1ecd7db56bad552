"""Shares of what is shown of a column, in whole per cent: made of nothing else, so that they tell nothing more.

Every number has its own noise, so that the answers of a column do not add up to its base. Where one answer could be
given and every one is shown, both are two measurements of the same people: what they differ by is spread evenly over
the answers and the base (least squares), and the shares add up to the whole. docs/decisions/0050.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from kuule.tables.released import ReleasedColumn

_WHOLE = 100


def with_shares(column: ReleasedColumn, *, multiple: bool) -> ReleasedColumn:
    """The column with the share of each answer that has a count; `multiple` where a person could give several. One that
    stands on from an earlier report keeps those it has."""
    if column.base is None or column.carried_from:
        return column
    counts = [cell.count for cell in column.cells if cell.count is not None]
    shares = iter(_of_several(counts, column.base) if multiple else _of_one(counts, column, column.base))
    cells = (cell if cell.count is None else replace(cell, share=next(shares)) for cell in column.cells)
    return replace(column, cells=tuple(cells))


def _of_several(counts: Sequence[int], base: int) -> list[int]:
    """Each of the base; noise can put an answer that all gave above it."""
    return [min(_WHOLE, (2 * _WHOLE * count + base) // (2 * base)) for count in counts]


def _of_one(counts: Sequence[int], column: ReleasedColumn, base: int) -> list[int]:
    """Where an answer is hidden, it has what is left of the base; where nothing is left, as if none were hidden."""
    left = base - sum(counts)
    if len(counts) < len(column.cells) and left > 0:
        return rounded_percentages([*map(Fraction, counts), Fraction(left)])[: len(counts)]
    return rounded_percentages([count + Fraction(left, len(counts) + 1) for count in counts])


def rounded_percentages(parts: Sequence[Fraction]) -> list[int]:
    """Shares of parts in their sum, in whole per cent that add up to 100: each rounded down, and what is left given to
    those that lost most. Equal parts have equal shares; where these stand in the way, the sum is as near as it can be.
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
