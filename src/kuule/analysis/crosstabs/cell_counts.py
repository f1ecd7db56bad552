"""How many people are in each cell, and the sum of their record keys: the inner loop of all counting.

Polars gives each person a small number for each part of a question (`cell_index`), and NumPy counts how often each pair
of numbers occurs. Each person is read once for each pair, however many cells there are. The memory needed is that of
the cells and of one stretch of responses.
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
"""How many responses are counted at a time: they fit the processor's cache. It must not be more than 2^21. The sum of
that many record keys, each below 2^32, stays below 2^53, and NumPy, which adds weights as floats, keeps it exact."""
_Numbers = Mapping[str, npt.NDArray[np.unsignedinteger]]
CountsAndKeys = dict[tuple[str, str], tuple[int, int]]
"""By group and row: the count, and the sum of record keys modulo 2^32."""


class CellCounter:
    """Counts the cells of pairs of parts (one of groups, one of rows), one stretch of responses at a time."""

    def __init__(self, pairs: Iterable[tuple[IndexPart, IndexPart]]) -> None:
        self._pairs = {(groups.name, rows.name): (groups, rows) for groups, rows in pairs}
        sizes = {pair: groups.size * rows.size for pair, (groups, rows) in self._pairs.items()}
        self._counts = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}
        self._keys = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}

    def fill(self, frame: pl.LazyFrame, kept: pl.Series, stretch: int = CHUNK_ROWS) -> None:
        """Count the responses for which `kept` is true. Raises RuntimeError if any of them is not in exactly one cell
        of each pair, because a count must not leave anybody out."""
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
        """The count and the cell key of each group and row of one pair of parts."""
        pair = (groups.name, rows.name)
        across, down = _members(groups), _members(rows).T
        counts, keys = (
            across @ cells[pair].reshape(groups.size, rows.size) @ down for cells in (self._counts, self._keys)
        )
        for at, group in enumerate(groups.codes):
            for column, row in enumerate(rows.codes):
                yield (group, row), (int(counts[at, column]), int(keys[at, column]) % KEY_MODULUS)


def _members(part: IndexPart) -> npt.NDArray[np.uint64]:
    """A matrix of codes by numbers: 1 if people with the number have the code."""
    members = np.zeros((len(part.codes), part.size), np.uint64)
    for at, numbers in enumerate(part.codes.values()):
        members[at, list(numbers)] = 1
    return members


def _type(size: int) -> type[pl.DataType]:
    """The smallest type that holds all numbers below `size`."""
    return next(kind for kind, most in ((pl.UInt8, 8), (pl.UInt16, 16), (pl.UInt32, 32)) if size <= 1 << most)
