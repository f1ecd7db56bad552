"""How many people are in each cell, and the sum of their record keys: the inner loop of all counting.

Polars gives each person a small number for each part of a question (`cell_index`), and NumPy counts how often each pair
of numbers occurs. Each person is read once for each pair, however many cells there are. The memory needed is that of
the cells and of one stretch of responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import polars as pl

from kuule.analysis.crosstabs.cell_index import IndexPart
from kuule.core.processors import available_cpus
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.tables.result import KEY_MODULUS

_BLOCK = 1 << 16
"""How many responses are counted at a time: they fit the processor's cache. It must not be more than 2^21. The sum of
that many record keys, each below 2^32, stays below 2^53, and NumPy, which adds weights as floats, keeps it exact."""
_Sums = npt.NDArray[np.uint64]
_Numbers = Mapping[str, npt.NDArray[np.unsignedinteger]]
_CountedPair = tuple[tuple[str, str], _Sums, _Sums]
CountsAndKeys = dict[tuple[str, str], tuple[int, int]]
"""By group and row: the count, and the sum of record keys modulo 2^32."""


class CellCounter:
    """Counts the cells of pairs of parts (one of groups, one of rows), one chunk of responses at a time."""

    def __init__(self, pairs: Iterable[tuple[IndexPart, IndexPart]]) -> None:
        self._pairs = {(groups.name, rows.name): (groups, rows) for groups, rows in pairs}
        self._parts = {part.name: part for pair in self._pairs.values() for part in pair}
        sizes = {pair: groups.size * rows.size for pair, (groups, rows) in self._pairs.items()}
        self._counts = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}
        self._keys = {pair: np.zeros(size, np.uint64) for pair, size in sizes.items()}

    @property
    def columns(self) -> tuple[pl.Expr, ...]:
        """The columns that each chunk needs, beside the record key and any others."""
        return tuple(part.number.alias(name) for name, part in self._parts.items())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of `columns`, of which `add` and `remove` need no other but the record key."""
        return tuple(self._parts)

    def add(self, chunk: pl.DataFrame) -> None:
        """Count these people."""
        for pair, counts, keys in self._counted(chunk):
            self._counts[pair] += counts
            self._keys[pair] += keys  # a sum beyond 2^64 wraps: 2^32 divides it

    def remove(self, chunk: pl.DataFrame) -> None:
        """Count these people, who were added, no more."""
        for pair, counts, keys in self._counted(chunk):
            self._counts[pair] -= counts
            self._keys[pair] -= keys

    def check_total(self, people: int) -> None:
        """Raise RuntimeError unless each of so many people is in exactly one cell of each pair, because a count must
        not leave anybody out."""
        if any(int(counts.sum()) != people for counts in self._counts.values()):
            raise RuntimeError(f"of {people} responses to count, not each one stands in one cell")

    def _counted(self, chunk: pl.DataFrame) -> Iterator[_CountedPair]:
        """Blocks are counted at the same time, as NumPy counts without holding Python's lock."""
        with ThreadPoolExecutor(available_cpus()) as threads:
            for counted in threads.map(self._counted_block, chunk.iter_slices(_BLOCK)):
                yield from counted

    def _counted_block(self, block: pl.DataFrame) -> list[_CountedPair]:
        keys = block[RECORD_KEY].to_numpy().astype(np.float64)
        numbers: _Numbers = {name: block[name].to_numpy() for name in self._parts}
        counted = []
        for pair, (groups, rows) in self._pairs.items():
            place = np.multiply(numbers[groups.name], rows.size, dtype=np.intp)
            place += numbers[rows.name]
            size = groups.size * rows.size
            counts, sums = np.bincount(place, minlength=size), np.bincount(place, keys, size)
            counted.append((pair, counts.astype(np.uint64), sums.astype(np.uint64)))
        return counted

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
