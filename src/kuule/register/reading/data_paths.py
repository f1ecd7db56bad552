"""Paths into plain data, and where each part of a file begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

DataPath = tuple[str | int, ...]
"""From the root of a file: keys of mappings, positions in lists from 0."""
Mark = tuple[int, int]
"""Line and column, both from 0."""


@dataclass(slots=True)
class Marks:
    """The places of the keys and values of one file."""

    _values: dict[DataPath, Mark] = field(default_factory=dict)
    _keys: dict[DataPath, Mark] = field(default_factory=dict)

    def set_value(self, path: DataPath, line: int, column: int) -> None:
        """Say where a value begins."""
        self._values[path] = (line, column)

    def set_key(self, path: DataPath, line: int, column: int) -> None:
        """Say where the key of a value begins."""
        self._keys[path] = (line, column)

    def value_of(self, path: DataPath) -> Mark:
        """Where the value at a path begins, or what is nearest above it."""
        return _nearest(self._values, path)

    def key_of(self, path: DataPath) -> Mark:
        """Where the key of a path begins; for a position in a list, where its value begins."""
        return self._keys.get(path) or _nearest(self._values, path)

    def known_part(self, path: Sequence[str | int]) -> DataPath:
        """A path without the steps that are not in the file: pydantic names members of unions between them."""
        known: DataPath = ()
        for step in path:
            if (*known, step) in self._values:
                known = (*known, step)
        return known


def _nearest(marks: dict[DataPath, Mark], path: DataPath) -> Mark:
    for length in range(len(path), -1, -1):
        if found := marks.get(path[:length]):
            return found
    return (0, 0)
