"""Reads a dataset in chunks, so that it can be larger than the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import polars as pl

CHUNK_ROWS = 1 << 18
"""How many responses are in memory at a time: as many as Polars writes into one row group."""


def read_chunks(
    frame: pl.LazyFrame, columns: Iterable[pl.Expr | str], chunk_rows: int = CHUNK_ROWS
) -> Iterator[pl.DataFrame]:
    """These columns of all rows, in order and in chunks. No expression may read another row than its own."""
    columns, start = tuple(columns), 0
    while True:
        part = frame.slice(start, chunk_rows).select(columns).collect()
        yield part
        if part.height < chunk_rows:
            return
        start += chunk_rows


def read_rows(
    frame: pl.LazyFrame, columns: Iterable[pl.Expr | str], rows: pl.Series, chunk_rows: int = CHUNK_ROWS
) -> Iterator[pl.DataFrame]:
    """These columns of the rows with these numbers, which ascend, in order. Only the chunks that they are in are
    read."""
    columns = tuple(columns)
    for chunk, numbers in groupby(rows.to_list(), lambda number: number // chunk_rows):
        part = frame.slice(chunk * chunk_rows, chunk_rows).select(columns).collect()
        yield part[[number - chunk * chunk_rows for number in numbers]]
