"""ReleasedTable: what may be seen by anyone. Only disclosure/ makes one (a test holds every other package to that)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class ReleasedOrigin:
    """Which data a release was counted from. `responses` is rounded, None where there are too few to say anything.

    `unopened` is exact: it counts envelopes, not people in a group, and a report is honest only if it says how many.
    """

    study: str
    dataset: str
    editions: tuple[str, ...]
    rehearsal: bool
    responses: int | None
    languages: tuple[str, ...]
    unopened: int
    smallest_count: int
    smallest_base: int
    rounding: int
    key_fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A rounded count, or None for "not shown": too few, none, nearly everyone, or hidden to protect another cell.

    `share` is whole per cent, made from the rounded count and the rounded base. Why a cell is not shown is not told:
    it would narrow the number.
    """

    count: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One group. `base` is None, and `cells` is empty, where the group is withheld: small, or to protect another."""

    code: str
    base: int | None
    cells: tuple[ReleasedCell, ...]
    missing: Mapping[Missing, int | None]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table that has gone through the door, with the thresholds it went through."""

    request: TableRequest
    origin: ReleasedOrigin
    rows: tuple[str, ...]
    columns: tuple[ReleasedColumn, ...]
    multiple: bool
    overlapping: bool
    smallest_count: int
    smallest_base: int
    rounding: int
