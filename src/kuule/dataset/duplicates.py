"""Finds rows whose content equals that of an earlier row, without holding the content of all of them.

Comparing two rows takes both, which rules out reading as a stream. So a hash of 64 bits is held for each row. A row
whose hash is unique is no duplicate; only the other rows are read once more, and compared by content.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kuule.dataset.schema.chunks import CHUNK_ROWS, read_chunks

_ROW = "\0row"


def duplicate_rows(
    frame: pl.LazyFrame, content: Sequence[pl.Expr], among: pl.Expr, chunk_rows: int = CHUNK_ROWS
) -> pl.Series:
    """The numbers of rows that equal an earlier one. `among` says which rows are compared; it must contain all of a set
    of equal rows, or none.

    In memory: 9 bytes for each row, and the content of rows that occur more than once.
    """
    hashes, looked = [], []
    for part in read_chunks(frame, [*content, among.alias(_ROW)], chunk_rows):
        looked.append(part[_ROW])
        hashes.append(part.drop(_ROW).hash_rows())
    found = pl.DataFrame({"hash": pl.concat(hashes), "looked": pl.concat(looked)}).with_row_index(_ROW)
    rows = found.filter("looked").filter(pl.col("hash").is_duplicated())[_ROW]
    again = frame.with_row_index(_ROW).filter(pl.col(_ROW).is_in(rows.implode())).select(_ROW, *content)
    alike = again.collect(engine="streaming").sort(_ROW)
    return alike.filter(~alike.drop(_ROW).to_struct().is_first_distinct())[_ROW]
