"""ReleasedTable: what may be seen by anyone. Only disclosure/ makes one (a test holds every other package to that)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.tables.missing import Missing
from kuule.tables.request import Subpopulation, TableRequest


class WithheldReason(StrEnum):
    """Why a number is not shown. Each is decided from numbers with noise alone, so whoever sees a report may know it.

    Where several hold, the first of them is said; of a question that is sensitive FEW covers ALIKE, and comes last.
    """

    FEW = "few"
    """A group: of fewer than `smallest_base` and the noise, or, of a sensitive question, one in which nearly all
    answered alike, which looks the same. An answer: given by fewer than `smallest_count`, or by nobody."""
    NEAR = "near"
    """A group that has few people less than one that holds it: what it leaves would be a group of few."""
    JOINED = "joined"
    """A group that too few joined since an earlier dataset showed it, or one that holds it or that it holds. The report
    on that dataset has its numbers."""
    ALIKE = "alike"
    """An answer that nearly all of a group gave: fewer than `smallest_count` gave another one."""


@dataclass(frozen=True, slots=True)
class ReleasedOrigin:
    """Which data a release was counted from. `responses` has noise, None where there are too few to say anything, and
    then `withheld_reason` says in which way: FEW, NEAR or JOINED.

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
    within: Subpopulation | None = None
    """The group whose responses these are, where it is not everyone."""
    withheld_reason: WithheldReason | None = None
    responses_carried_from: str = ""
    """Where `responses` is not of this dataset: the version of the one that it was published of, and stands on."""


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A count with noise, or None. With `few` it is under `smallest_count`, and none looks the same; without, it is not
    shown, since of the base under `smallest_count` people gave another answer, or since its row is withheld.

    `share` is whole per cent, made of the counts and the base of its column as they are released.
    """

    count: int | None
    share: int | None
    below_threshold: bool = False
    withheld_reason: WithheldReason | None = None
    """Why there is no count: FEW, ALIKE, or what withholds its row."""


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One group. `base` is None, and `cells` is empty, where the group is withheld; `withheld_reason` says in which
    way: FEW, NEAR or JOINED. `missing` has None for reasons that under `smallest_count` had, or nobody."""

    code: str
    base: int | None
    cells: tuple[ReleasedCell, ...]
    missing: Mapping[Missing, int | None]
    withheld_reason: WithheldReason | None = None
    carried_from: str = ""
    """Where these numbers are not of the origin's dataset: the version of the one that they were published of. Too few
    joined since for new ones, and they stand on."""


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
    withheld_row_reasons: Mapping[str, WithheldReason] = field(default_factory=dict)
    """Of each of `withheld_rows`, why: FEW, NEAR or JOINED, as of a column."""
