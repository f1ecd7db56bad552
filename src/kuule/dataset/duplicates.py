"""Finds rows whose content equals that of an earlier row, without holding the content of all of them.

Comparing two rows takes both, which rules out reading as a stream. So a hash of 64 bits is held for each row. A row
whose hash is unique is no duplicate; only the other rows are read once more, and compared by content.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from kuule.dataset.schema.chunks import CHUNK_ROWS, read_chunks, read_rows

_CONTENT = "\0content"
_AMONG = "\0among"


class DuplicateSearch:
    """Looks for duplicates while somebody reads the rows in chunks, for a purpose of their own.

    `content` are the columns that are compared. `among` says which rows are; it must contain all of a set of equal
    rows, or none. In memory: 9 bytes for each row, and the content of rows that occur more than once.
    """

    def __init__(self, content: Iterable[pl.Expr], among: pl.Expr) -> None:
        self._content = pl.struct(*content).alias(_CONTENT)
        self._among = among.alias(_AMONG)
        self._hashes: list[pl.Series] = []
        self._looked: list[pl.Series] = []

    @property
    def columns(self) -> tuple[pl.Expr, ...]:
        """The columns that each chunk needs, beside any others."""
        return (self._content, self._among)

    def add(self, chunk: pl.DataFrame) -> None:
        """Take the next rows."""
        self._hashes.append(chunk[_CONTENT].struct.unnest().hash_rows())
        self._looked.append(chunk[_AMONG])

    def rows(self, frame: pl.LazyFrame, chunk_rows: int = CHUNK_ROWS) -> pl.Series:
        """The numbers of rows that equal an earlier one, ascending. `frame` has the rows that were added."""
        found = pl.DataFrame({"hash": pl.concat(self._hashes), "looked": pl.concat(self._looked)}).with_row_index()
        rows = found.filter("looked").filter(pl.col("hash").is_duplicated())["index"]
        if rows.is_empty():
            return rows
        content = pl.concat(read_rows(frame, [self._content], rows, chunk_rows))[_CONTENT]
        return rows.filter(~content.is_first_distinct())


def find_duplicates(frame: pl.LazyFrame, search: DuplicateSearch, chunk_rows: int = CHUNK_ROWS) -> pl.Series:
    """The numbers of rows that equal an earlier one, ascending, by a reading for this alone."""
    for chunk in read_chunks(frame, search.columns, chunk_rows):
        search.add(chunk)
    return search.rows(frame, chunk_rows)
