"""What an analysis found, as rows of tidy files: one field a column, with its name. None is an empty field, and the
note beside it says why; no field is ever "nan"."""

from __future__ import annotations

from dataclasses import dataclass, field

EVERYONE = ""
POOLED = "pooled"
"""The strata put together, each compared within itself."""


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Which table of the plan, and where in it. `stratum` is "" for everyone, or "pooled"."""

    table: int
    item: str
    by: str
    within: str
    stratum: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    place: FindingPlace
    group: str
    answer: str
    count: int
    base: int
    share: float | None
    chance_low: float | None
    chance_high: float | None
    note: str


@dataclass(frozen=True, slots=True)
class QuartileRow:
    """Quartiles: numbers, or codes of a scale. `median_band` is the band in which the median of whole numbers lies."""

    place: FindingPlace
    group: str
    base: int
    lower_quartile: float | str | None
    median: float | str | None
    upper_quartile: float | str | None
    median_band: str
    note: str


@dataclass(frozen=True, slots=True)
class AbsentRow:
    """How many people of a group are not in its base, by reason; or are in no group, or in no stratum."""

    place: FindingPlace
    group: str
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A group beside the one that it is compared with. `answer` is "" where it is about the whole scale."""

    place: FindingPlace
    group: str
    against: str
    answer: str
    measure: str
    value: float | None
    chance_low: float | None
    chance_high: float | None
    note: str


@dataclass(frozen=True, slots=True)
class SignificanceRow:
    """One test. `groups` took part; `chance_p_holm` and `chance_p_bh` are corrected over all tests of the run.
    `direction` says of an effect with a sign which of two groups stands above which where it is larger than nought."""

    place: FindingPlace
    answer: str
    test: str
    groups: str
    people: int
    statistic: float | None
    df: int | None
    chance_p: float | None
    chance_p_holm: float | None
    chance_p_bh: float | None
    effect: str
    effect_size: float | None
    effect_corrected: float | None
    direction: str
    note: str


@dataclass(slots=True)
class Findings:
    shares: list[ShareRow] = field(default_factory=list)
    middles: list[QuartileRow] = field(default_factory=list)
    absent: list[AbsentRow] = field(default_factory=list)
    differences: list[DifferenceRow] = field(default_factory=list)
    tests: list[SignificanceRow] = field(default_factory=list)
