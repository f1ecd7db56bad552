"""Every number of a release once, whichever table it stands in, and what of it is hidden.

A number counts the people for whom some conditions hold, so a cell of "a by b" and the cell of "b by a" are one number
and are hidden together.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from kuule.tables.missing import Missing
from kuule.tables.result import ANSWERED, Column, ResultTable

Condition = tuple[str, str]
Key = frozenset[Condition]

OUTSIDE = "@outside"
EVERYONE: Key = frozenset()


class Kind(Enum):
    """What a number is: an answer, a base, a reason for no answer, the people outside a cut, or all responses."""

    CELL = 1
    BASE = 2
    MISSING = 3
    OUTSIDE = 4
    ALL = 5


class Hidden(Enum):
    """Why a number is hidden. Never told outside the door."""

    SMALL = 1
    NEARLY_ALL = 2
    GROUP = 3
    PROTECTING = 4


def column_key(table: ResultTable, column: Column) -> Key:
    """The conditions of a column's people."""
    return EVERYONE if table.request.cut is None else frozenset({(table.request.cut, column.code)})


def cell_key(table: ResultTable, column: Column, row: str) -> Key:
    return column_key(table, column) | {(table.request.item, row)}


def base_key(table: ResultTable, column: Column) -> Key:
    return column_key(table, column) | {(table.request.item, ANSWERED)}


def missing_key(table: ResultTable, column: Column, reason: Missing) -> Key:
    return column_key(table, column) | {(table.request.item, f"@{reason.value}")}


def column_numbers(table: ResultTable, column: Column) -> Iterable[tuple[Key, int, Kind]]:
    """All numbers of one column, its base first."""
    yield base_key(table, column), column.base, Kind.BASE
    for row, count in zip(table.rows, column.counts, strict=True):
        yield cell_key(table, column, row), count, Kind.CELL
    for reason in Missing:
        yield missing_key(table, column, reason), column.missing[reason], Kind.MISSING


class Pool:
    """The numbers of one release: `counts` exact, `kinds`, and `hidden` with the reason. Only grows."""

    def __init__(self, tables: Iterable[ResultTable], responses: int) -> None:
        self.counts: dict[Key, int] = {EVERYONE: responses}
        self.kinds: dict[Key, Kind] = {EVERYONE: Kind.ALL}
        self.hidden: dict[Key, Hidden] = {}
        self.orders: dict[tuple[Key, Key], None] = {}
        """(smaller, larger): a number was hidden because it was not larger than another. An intruder knows the rule."""
        for table in tables:
            for column in table.columns:
                for key, count, kind in column_numbers(table, column):
                    self.add(key, count, kind)

    def add(self, key: Key, count: int, kind: Kind) -> None:
        """Note a number; two tables that disagree on one are a bug of whoever counted them."""
        if self.counts.setdefault(key, count) != count:
            raise ValueError(f"two tables of one release disagree on {sorted(key)}: {self.counts[key]} and {count}")
        self.kinds.setdefault(key, kind)

    def hide(self, key: Key, reason: Hidden) -> None:
        """Hide a number; the first reason stays."""
        self.hidden.setdefault(key, reason)

    def hide_smallest(self, keys: Iterable[Key]) -> Key:
        """Hide the smallest of some numbers that are shown, to protect another."""
        keys = list(keys)
        smallest = min(keys, key=lambda key: (self.counts[key], sorted(key)))
        self.orders |= {(smallest, key): None for key in keys if key != smallest}
        self.hide(smallest, Hidden.PROTECTING)
        return smallest

    def shown(self, keys: Iterable[Key]) -> list[Key]:
        return [key for key in keys if key not in self.hidden]
