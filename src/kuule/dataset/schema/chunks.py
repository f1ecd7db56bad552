"""A dataset read stretch by stretch, so that one larger than the memory can be gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

CHUNK_ROWS = 1 << 18
"""Responses that are in memory at a time: as many as Polars writes into a group of rows."""


def read_chunks(
    frame: pl.LazyFrame, columns: Iterable[pl.Expr | str], stretch: int = CHUNK_ROWS
) -> Iterator[pl.DataFrame]:
    """These columns of all rows, in their order. No expression may look from one row at another."""
    columns, start = tuple(columns), 0
    while True:
        part = frame.slice(start, stretch).select(columns).collect()
        yield part
        if part.height < stretch:
            return
        start += stretch
