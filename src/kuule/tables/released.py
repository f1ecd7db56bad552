"""ReleasedTable: what may be seen by anyone. Only disclosure/ makes one (a test holds every other package to that)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest, Within


@dataclass(frozen=True, slots=True)
class ReleasedOrigin:
    """Which data a release was counted from. `responses` has noise, None where there are too few to say anything.

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
    noise_variance: int
    noise_bound: int
    key_fingerprints: tuple[str, ...] = ()
    set_aside: Mapping[str, int | None] = field(default_factory=dict)
    """Responses by rule of cleaning, with noise; None for fewer than `smallest_count`, and for nearly all."""
    months: tuple[str, str] | None = None
    """The first and the last month of answering (2026-11), each so that with those before it, or after it, at least
    `smallest_base` people sent in it; None where there are too few."""
    release: str = ""
    """The release's name: 16 hexadecimal digits."""
    within: Within | None = None
    """The group whose responses these are, where it is not everyone."""


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A count with noise, or None. With `few` it is under `smallest_count`, and none looks the same; without, it is not
    shown, since of the base under `smallest_count` people gave another answer.

    `share` is whole per cent, made of the count and the base as they are released.
    """

    count: int | None
    share: int | None
    few: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One group. `base` is None, and `cells` is empty, where the group is withheld: it is small, or of a sensitive
    question nearly all in it answered alike. `missing` has None for reasons that under `smallest_count` had, or nobody.
    """

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
    withheld_rows: tuple[str, ...] = ()
    """Rows that are groups, or that a sensitive question cuts, and would not be shown as columns: no cell of them is
    shown."""
