"""Rules on time limits as plain frozen data: what a register says of a country, without the register.

The words are those of `kuule.register.data_model`, which needs packages that a collector does not have: it takes
`OffencePart` from here, and a test holds that the others are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PeriodForm(StrEnum):
    """The form of a rule. UNCODED: nobody has brought the words of the source into a form yet."""

    NONE = "none"
    NONE_FOR_GRAVEST = "none-for-gravest"
    FIXED_YEARS = "fixed-years"
    UNTIL_AGE = "until-age"
    NOT_BEFORE_AGE = "not-before-age"
    COURT_DECIDES = "court-decides"
    OUTER_CAP = "outer-cap"
    SUSPENDED = "suspended"
    PROLONGED = "prolonged"
    UNCODED = "uncoded"


class PeriodStart(StrEnum):
    """The moment from which years are counted. UNKNOWN: the source does not say it."""

    OFFENCE = "offence"
    MAJORITY = "majority"
    AGE = "age"
    RECOVERY = "recovery"
    MAJORITY_OR_RECOVERY = "majority-or-recovery"
    OTHER = "other"
    UNKNOWN = "unknown"


class OffencePart(StrEnum):
    """The part of the offences that a rule is about."""

    ALL = "all"
    GRAVEST = "gravest"
    OTHER = "other"
    IMAGES = "images"
    SOME = "some"


class RuleStatus(StrEnum):
    """Whether what the source describes is the law. Bills are no rules, and are not here."""

    IN_FORCE = "in-force"
    REPEALED = "repealed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule was read. `kind` is a word of the register; only `statute` is the law itself."""

    kind: str
    address: str
    title: str = ""
    article: str = ""
    dated: str = ""
    read_on: date | None = None
    confidence: str = ""

    @property
    def is_law(self) -> bool:
        return self.kind == "statute"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """One rule, as one reading of one source has it, or several paragraphs of one law put together (`joined`).

    `years` are periods by class of offence; of a `span` only the shortest and the longest are known. `start_ages` are
    the ages at which the clock starts, `until_ages` those at which everything ends, `earliest_age` the age before which
    nothing ends. What a source does not say is absent. `in_force_from` is a year, a month or a day.
    """

    id: str
    says: str
    form: PeriodForm
    part: OffencePart
    status: RuleStatus
    source: RuleSource
    start: PeriodStart = PeriodStart.UNKNOWN
    start_ages: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    span: bool = False
    until_ages: tuple[int, ...] = ()
    earliest_age: int | None = None
    shorter_in_circle_of_trust: bool | None = None
    retroactive: bool | None = None
    in_force_from: str = ""
    in_force_note: str = ""
    confirmed: bool = False
    next_review: date | None = None
    joined: bool = False

    @property
    def in_force_year(self) -> int | None:
        """The year from which it applies, where that is known."""
        return int(self.in_force_from[:4]) if self.in_force_from else None

    def is_due(self, today: date) -> bool:
        """Whether somebody was to look again by now."""
        return self.next_review is not None and self.next_review <= today


@dataclass(frozen=True, slots=True)
class CountryRules:
    """What is known of one country. `dispute`: what its sources disagree on, in words, until somebody decides."""

    country: str
    rules: tuple[LimitRule, ...]
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of all countries that a register knows, and which register that is. `majority`: the age at which
    somebody is an adult."""

    register: str
    title: str
    publisher: str
    licence: str
    as_of: date
    majority: int = 18
    address: str = ""
    countries: Mapping[str, CountryRules] = field(default_factory=dict)
