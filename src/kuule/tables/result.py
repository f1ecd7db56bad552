"""ResultTable: exact counts, for the analyst's eyes only. Disclosure control makes a ReleasedTable from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.tables.missing import Missing
from kuule.tables.request import Subpopulation, TableRequest

KEY_MODULUS = 1 << 32
"""Record keys are numbers below this. A cell key is the sum of record keys modulo this."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What one cleaning rule did: how many responses it flagged, and how many are left after it and all rules before
    it."""

    rule: str
    flagged: int
    left: int
    key: int
    """The cell key of the flagged responses."""


@dataclass(frozen=True, slots=True)
class MonthlyResponses:
    """The responses that were sent in one month, such as 2026-11. A week belongs to the month of its Thursday."""

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
    """Which data a table was counted from. It stays with the table until the report is drawn."""

    study: str
    dataset: str
    """The dataset's version: 16 hexadecimal digits of a salted hash."""
    editions: tuple[str, ...]
    rehearsal: bool
    responses: int
    """Responses in the dataset, before any base is taken."""
    languages: tuple[str, ...] = ()
    """Tags of the languages in which it could be answered."""
    unopened: int = 0
    """How many envelopes could not be opened or held an invalid record. The dataset lists them."""
    key_fingerprints: tuple[str, ...] = ()
    """Fingerprints, in digits, of the keys that the answers were sealed to, in the order of the editions."""
    set_aside: tuple[SetAside, ...] = ()
    """One entry for each cleaning rule, in the order of the rules. Tables count the responses that no rule excluded."""
    responses_by_month: tuple[MonthlyResponses, ...] = ()
    """One entry for each month, in order."""
    key: int | None = None
    """The cell key of all responses. None if the responses were not read; then nothing is released."""
    within: Subpopulation | None = None
    """The group whose responses are counted; None for everyone."""

    @property
    def counted(self) -> int:
        """How many responses no cleaning rule excluded."""
        return self.set_aside[-1].left if self.set_aside else self.responses


@dataclass(frozen=True, slots=True)
class CellKeys:
    """The cell keys of a column, in the shape of its numbers. Each is the sum, modulo 2^32, of the record keys of the
    people whom the number counts."""

    base: int
    counts: tuple[int, ...]
    missing: Mapping[Missing, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One group of people of a cut (or everyone, with code ""): exact counts.

    `counts` has one number for each row of the table, in order. `base` is the number of people who gave a substantive
    answer. `missing` has the number of people for every reason.
    """

    code: str
    base: int
    counts: tuple[int, ...]
    missing: Mapping[Missing, int]
    keys: CellKeys


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Counts of one item, by one cut or of everyone. Shape: `len(columns)` × `len(rows)`.

    `rows` are answer codes (choice names, or bands for numbers). With `multiple`, a person can be counted in several
    rows, so the counts of a column may add up to more than its base. Raises ValueError if numbers are missing or
    contradict each other.
    """

    request: TableRequest
    origin: DataOrigin
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    multiple: bool
    overlapping: bool = False
    """True if the cut is a question with several answers, so that a person can be counted in several columns."""
    asked_when: str = ""
    """The condition under which the item is asked. All items with the same condition are asked of the same people."""

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
