"""ResultTable: exact counts, for the analyst's eyes. It is never published; disclosure/ makes a ReleasedTable of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.tables.missing import Missing
from kuule.tables.request import Subpopulation, TableRequest

KEY_MODULUS = 1 << 32
"""Record keys are numbers below this, and so are their sums: a cell key is a sum of record keys modulo this."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What one rule of cleaning did: responses that it flagged, and those left after it and the rules before it."""

    rule: str
    flagged: int
    left: int
    key: int
    """Cell key of those flagged."""


@dataclass(frozen=True, slots=True)
class MonthlyResponses:
    """Responses that were sent in one month, such as 2026-11: that of the Thursday of their week."""

    month: str
    responses: int
    key: int
    """Their cell key."""


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many people there are in a group, with their cell key."""

    people: int
    key: int


@dataclass(frozen=True, slots=True)
class DataOrigin:
    """Which data a table was counted from: kept with it to the last picture."""

    study: str
    dataset: str
    """The dataset's version: 16 hexadecimal digits of a salted hash."""
    editions: tuple[str, ...]
    rehearsal: bool
    responses: int
    """Responses in the dataset, before any base is taken."""
    languages: tuple[str, ...] = ()
    """Tags of the languages it could be answered in."""
    unopened: int = 0
    """Envelopes that could not be opened or did not fit, listed in the dataset."""
    key_fingerprints: tuple[str, ...] = ()
    """In digits, of the keys that the answers were sealed to, in the order of the editions."""
    set_aside: tuple[SetAside, ...] = ()
    """By each rule of cleaning, in their order: tables count those that no rule set aside."""
    responses_by_month: tuple[MonthlyResponses, ...] = ()
    """By month, the first one first."""
    key: int | None = None
    """Cell key of all responses; None where the responses were not read, and then nothing of it is released."""
    within: Subpopulation | None = None
    """The group whose responses are counted, where it is not everyone."""

    @property
    def counted(self) -> int:
        """Responses that no rule set aside."""
        return self.set_aside[-1].left if self.set_aside else self.responses


@dataclass(frozen=True, slots=True)
class CellKeys:
    """The cell keys of a column: each the sum of the record keys of the people that the number counts, modulo 2^32."""

    base: int
    counts: tuple[int, ...]
    missing: Mapping[Missing, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One group of people of a cut (or everyone, with code ""): exact counts.

    `counts` has one number per row code of the table, in their order; `base` is the number of people who gave an
    answer that counts; `missing` has the number of people for each reason, every reason present.
    """

    code: str
    base: int
    counts: tuple[int, ...]
    missing: Mapping[Missing, int]
    keys: CellKeys


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Counts of one item, by one cut or of everyone. Shape: `len(columns)` × `len(rows)`.

    `rows` are answer codes (choice names; bands for numbers). With `multiple`, a person can stand in several rows, so
    a column's counts may add up to more than its base.
    """

    request: TableRequest
    origin: DataOrigin
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    multiple: bool
    overlapping: bool = False
    """True where the cut is a question with several answers, so that a person can stand in several columns."""
    asked_when: str = ""
    """The condition under which the item is asked. The same people are not asked all items of one condition."""

    def __post_init__(self) -> None:
        for column in self.columns:
            if len(column.counts) != len(self.rows):
                raise ValueError(
                    f"{self.request}: {len(self.rows)} rows, {len(column.counts)} counts in {column.code!r}"
                )
            if len(column.keys.counts) != len(self.rows) or set(column.keys.missing) != set(Missing):
                raise ValueError(f"{self.request}: every number must have its cell key in {column.code!r}")
            if set(column.missing) != set(Missing):
                raise ValueError(f"{self.request}: every reason for a missing answer must be counted")
            if any(count > column.base for count in column.counts):
                raise ValueError(f"{self.request}: a count is larger than its base in {column.code!r}")
            if not self.multiple and sum(column.counts) != column.base:
                raise ValueError(f"{self.request}: the counts do not add up to the base in {column.code!r}")
