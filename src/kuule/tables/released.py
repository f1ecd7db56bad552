"""ReleasedTable: numbers that anyone may see. Only disclosure/ makes one, and a test checks that no other package
does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.tables.missing import Missing
from kuule.tables.request import Subpopulation, TableRequest


class WithheldReason(StrEnum):
    """Why a number is not shown. The reason is decided from numbers with noise alone, so a report may say it.

    Where several reasons hold, the first one is given. In a sensitive question FEW stands for ALIKE as well, and comes
    last.
    """

    FEW = "few"
    """Of a group: it has fewer people than `smallest_base` and the noise; or, in a sensitive question, nearly all of
    it answered alike, which must look the same. Of an answer: fewer than `smallest_count` gave it, or nobody."""
    NEAR = "near"
    """A group that a larger group contains with only few people more: subtracting the two would show those few."""
    JOINED = "joined"
    """A group of which an earlier dataset was published, or of one that contains it or that it contains, and that too
    few people joined since. The report on that dataset has its numbers."""
    ALIKE = "alike"
    """An answer that nearly all of a group gave: fewer than `smallest_count` gave another one."""


@dataclass(frozen=True, slots=True)
class ReleasedOrigin:
    """Which data a release was counted from. `responses` has noise, and is None where it may not be shown;
    `withheld_reason` then says why: FEW, NEAR or JOINED.

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
    """How many responses each rule of cleaning set aside, with noise; None where it was fewer than `smallest_count`,
    or nearly all."""
    months: tuple[str, str] | None = None
    """The first and the last month of answering, such as 2026-11. At least `smallest_base` people sent up to the first
    one and from the last one on; None where there are too few."""
    release: str = ""
    """The release's name: 16 hexadecimal digits."""
    within: Subpopulation | None = None
    """The group whose responses these are, where it is not everyone."""
    withheld_reason: WithheldReason | None = None
    responses_carried_from: str = ""
    """Where `responses` is carried forward: the version of the earlier dataset that it was published of."""


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A count with noise, or None. With `below_threshold` it is under `smallest_count`, or nobody gave the answer.
    Without, it is not shown because fewer than `smallest_count` people of the base gave another answer, or because its
    row is withheld.

    `share` is in whole per cent, made from the released counts and the released base of its column.
    """

    count: int | None
    share: int | None
    below_threshold: bool = False
    withheld_reason: WithheldReason | None = None
    """Why there is no count: FEW, ALIKE, or what withholds its row."""


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One group. Where it is withheld, `base` is None, `cells` is empty, and `withheld_reason` says why: FEW, NEAR or
    JOINED. `missing` has None for a reason that fewer than `smallest_count` people had, or nobody.
    """

    code: str
    base: int | None
    cells: tuple[ReleasedCell, ...]
    missing: Mapping[Missing, int | None]
    withheld_reason: WithheldReason | None = None
    carried_from: str = ""
    """Where these numbers are carried forward: the version of the earlier dataset that they were published of. Too few
    people joined since for new numbers."""


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table that may be published, with the thresholds that were applied to it."""

    request: TableRequest
    origin: ReleasedOrigin
    rows: tuple[str, ...]
    columns: tuple[ReleasedColumn, ...]
    multiple: bool
    overlapping: bool
    smallest_count: int
    smallest_base: int
    withheld_rows: tuple[str, ...] = ()
    """Rows that are groups, or that a sensitive question cuts, and that would be withheld if they were columns. None
    of their cells is shown."""
    withheld_row_reasons: Mapping[str, WithheldReason] = field(default_factory=dict)
    """Why each of `withheld_rows` is withheld: FEW, NEAR or JOINED, as for a column."""
