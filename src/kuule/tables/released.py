"""ReleasedTable: numbers that anybody may see. Only disclosure/ makes one; a test checks that no other package does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.tables.missing import Missing
from kuule.tables.request import Subpopulation, TableRequest


class WithheldReason(StrEnum):
    """Why a number is not shown. The reason depends only on numbers with noise, so a report may give it.

    If several reasons apply, the first in this list is given. In a sensitive question FEW is also given in place of
    ALIKE, after the other reasons have been considered.
    """

    FEW = "few"
    """Of a group: it has fewer people than `smallest_base` plus the noise bound; or, in a sensitive question, nearly
    all of it gave the same answer, which must look no different. Of an answer: fewer than `smallest_count` gave it, or
    nobody."""
    NEAR = "near"
    """A larger group contains this one and only few people more. Subtracting the two would show those few."""
    JOINED = "joined"
    """Numbers on this group, or on one that contains it or is contained in it, were published from an earlier dataset,
    and too few people have joined since. They were on the same question, which the report on that dataset then has, or
    on one that reveals the same answers."""
    ALIKE = "alike"
    """Nearly all of a group gave this answer: fewer than `smallest_count` gave another one."""


@dataclass(frozen=True, slots=True)
class ReleasedOrigin:
    """Which data a release was counted from. `responses` has noise. It is None if it may not be shown; then
    `withheld_reason` is FEW, NEAR or JOINED.

    `unopened` is exact, because it counts envelopes and not people in a group, and an honest report has to give it.
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
    """How many responses each cleaning rule excluded, with noise. None if it was fewer than `smallest_count` or nearly
    all."""
    months: tuple[str, str] | None = None
    """The first and the last month of answering, such as 2026-11. At least `smallest_base` people sent their answers by
    the end of the first, and as many from the last one on. None if there are too few."""
    release: str = ""
    """The release's name: 16 hexadecimal digits."""
    within: Subpopulation | None = None
    """The group whose responses these are; None for everyone."""
    withheld_reason: WithheldReason | None = None
    responses_carried_from: str = ""
    """If `responses` is carried forward: the version of the earlier dataset that it was published from."""


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A count with noise, or None. If `below_threshold`, the count is under `smallest_count`, which includes nobody at
    all. Otherwise a missing count means that fewer than `smallest_count` people of the base gave another answer, or
    that the row is withheld.

    `share` is in whole per cent, calculated from the released counts and the released base of the column.
    """

    count: int | None
    share: int | None
    below_threshold: bool = False
    withheld_reason: WithheldReason | None = None
    """Why there is no count: FEW, ALIKE, or the reason why the row is withheld."""


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """One group. If it is withheld, `base` is None, `cells` is empty, and `withheld_reason` is FEW, NEAR or JOINED.
    `missing` has None for a reason that applied to fewer than `smallest_count` people, or to nobody.
    """

    code: str
    base: int | None
    cells: tuple[ReleasedCell, ...]
    missing: Mapping[Missing, int | None]
    withheld_reason: WithheldReason | None = None
    carried_from: str = ""
    """If these numbers are carried forward: the version of the earlier dataset that they were published from. Too few
    people have joined since for new numbers."""


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
    """Rows that would be withheld if they were columns. Only rows that are groups, or that are cut by a sensitive
    question, can be among them. None of their cells is shown."""
    withheld_row_reasons: Mapping[str, WithheldReason] = field(default_factory=dict)
    """Why each of `withheld_rows` is withheld: FEW, NEAR or JOINED, as for a column."""
