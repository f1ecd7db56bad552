"""What an analysis found, as rows of tidy files. Each field is a column of the same name. None becomes an empty field,
and the note of the row says why; no field is ever "nan"."""

from __future__ import annotations

from dataclasses import dataclass, field

EVERYONE = ""
POOLED = "pooled"
"""All strata together, where groups are compared only within each stratum."""


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
    """How many people of a group are not in its base, for one reason; or how many are in no group or no stratum."""

    place: FindingPlace
    group: str
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A group compared with the reference group, `against`. `answer` is "" if the row is about the whole scale."""

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
    """One test. `groups` are the groups that took part; `chance_p_holm` and `chance_p_bh` are corrected over all tests
    of the run. If the effect has a sign, `direction` says which of two groups is higher when it is positive."""

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
    effect_low: float | None
    effect_high: float | None
    direction: str
    note: str


@dataclass(slots=True)
class Findings:
    shares: list[ShareRow] = field(default_factory=list)
    middles: list[QuartileRow] = field(default_factory=list)
    absent: list[AbsentRow] = field(default_factory=list)
    differences: list[DifferenceRow] = field(default_factory=list)
    tests: list[SignificanceRow] = field(default_factory=list)
