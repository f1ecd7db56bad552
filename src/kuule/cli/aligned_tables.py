"""Tables of plain text that fit a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

WIDEST = 80


def table_lines(rows: Sequence[Sequence[str]], *, separator: str = "  ", texts: int = 1) -> Iterator[str]:
    """The rows as lines. The first `texts` columns are texts and begin at the left, numbers behind them end at the
    right. Where a row would be wider than a terminal, the widest column of texts is cut, with an ellipsis."""
    if not rows:
        return
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    while (over := sum(widths) + len(separator) * (len(widths) - 1) - WIDEST) > 0:
        widest = max(range(texts), key=lambda number: widths[number])
        if widths[widest] <= 1:
            break
        widths[widest] -= min(over, max(widths[widest] - max([0, *sorted(widths[:texts])[:-1]]), 1))
    for row in rows:
        cells = [
            _fit(cell, width) if number < texts else " " * (width - cell_len(cell)) + cell
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield separator.join(cells).rstrip()


def _fit(cell: str, width: int) -> str:
    return set_cell_size(cell, width) if cell_len(cell) <= width else f"{set_cell_size(cell, width - 1)}…"
