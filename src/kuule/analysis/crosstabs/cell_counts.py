"""How many people stand in each cell, and the sum of their record keys: the inner loop of all counting.

Polars gives each person one small number for each part of a question (`cell_index`), and NumPy counts how often each
pair of numbers occurs. Each person is looked at once for each pair, whatever the number of cells, and the memory
needed is that of the cells and of one stretch of responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from kuule.analysis.crosstabs.cell_index import IndexPart
from kuule.dataset.schema.chunks import CHUNK_ROWS, read_chunks
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.tables.result import KEY_MODULUS

_BLOCK = 1 << 16
"""Responses that are counted at a time: they fit the processor's cache. At most 2^21: so many record keys
below 2^32 add up to a whole number below 2^53, and those are exact in the floats that NumPy adds weights in."""
_Numbers = Mapping[str, npt.NDArray[np.unsignedinteger]]
CountsAndKeys = dict[tuple[str, str], tuple[int, int]]
"""(group, row): count, and sum of record keys modulo 2^32."""


class CellCounter:
    """The cells of pairs of parts (one of groups, one of rows), filled stretch by stretch."""

    def __init__(self, pairs: Iterable[tuple[IndexPart, IndexPart]]) -> None:
        self._pairs = {(groups.name, rows.name): (groups, rows) for groups, rows in pairs}
        sizes = {pair: groups.size * rows.size for pair, (groups, rows) in self._pairs.items()}
        self._counts = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}
        self._keys = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}

    def fill(self, frame: pl.LazyFrame, kept: pl.Series, stretch: int = CHUNK_ROWS) -> None:
        """Count the responses that `kept` is true for. Raises RuntimeError where not each of them stands in one cell:
        a number that leaves somebody out is not made."""
        parts = {part.name: part for pair in self._pairs.values() for part in pair}
        numbers = [part.number.cast(_type(part.size)).alias(part.name) for part in parts.values()]
        start = 0
        for part in read_chunks(frame, [*numbers, RECORD_KEY], stretch):
            for block in part.filter(kept.slice(start, part.height)).iter_slices(_BLOCK):
                self._add(block)
            start += part.height
        people = int(kept.sum())
        if start != kept.len() or any(int(counts.sum()) != people for counts in self._counts.values()):
            raise RuntimeError(f"of {people} responses to count, not each one stands in one cell")

    def _add(self, block: pl.DataFrame) -> None:
        keys = block[RECORD_KEY].to_numpy().astype(np.float64)
        numbers: _Numbers = {name: block[name].to_numpy() for name in block.columns}
        for pair, (groups, rows) in self._pairs.items():
            place = np.multiply(numbers[groups.name], rows.size, dtype=np.intp)
            place += numbers[rows.name]
            size = groups.size * rows.size
            self._counts[pair] += np.bincount(place, minlength=size).astype(np.uint64)
            self._keys[pair] += np.bincount(place, keys, size).astype(
                np.uint64
            )  # a sum beyond 2^64 wraps: 2^32 divides it

    def counts_and_keys(self, groups: IndexPart, rows: IndexPart) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
        """Each group's and row's count and key."""
        pair = (groups.name, rows.name)
        across, down = _members(groups), _members(rows).T
        counts, keys = (
            across @ cells[pair].reshape(groups.size, rows.size) @ down for cells in (self._counts, self._keys)
        )
        for at, group in enumerate(groups.codes):
            for column, row in enumerate(rows.codes):
                yield (group, row), (int(counts[at, column]), int(keys[at, column]) % KEY_MODULUS)


def _members(part: IndexPart) -> npt.NDArray[np.uint64]:
    """Codes by numbers: 1 where whoever has the number stands at the code."""
    members = np.zeros((len(part.codes), part.size), np.uint64)
    for at, numbers in enumerate(part.codes.values()):
        members[at, list(numbers)] = 1
    return members


def _type(size: int) -> type[pl.DataType]:
    """The smallest for numbers below `size`."""
    return next(kind for kind, most in ((pl.UInt8, 8), (pl.UInt16, 16), (pl.UInt32, 32)) if size <= 1 << most)
