"""When one rule ends for somebody of whom only years are known.

Everything is counted in calendar years, which is exact where days are not asked: the later of two days lies in the
later of their years, and years that are added to a day are added to its year. A period ends on the anniversary of its
start. Whether a law counts that day too, or ends the day before, no register of ours knows; who was born on 1 January
could be off by a year, and the pages say that nobody should wait for the last year.

A source that says less gives less: a start that is not known lies not before the act, so that there is an earliest year
and no latest. Nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kuule.limitation.limit_rule import LimitRule, OffencePart, PeriodForm, PeriodStart
from kuule.limitation.report_question import ActKind, ReportQuestion


class EndingKind(StrEnum):
    """What a rule comes to.

    YEARS: it ends between `earliest` and `latest`; one of them may be unknown. COURT: after that a court decides.
    SOME_WITHOUT: it ends from `earliest` on for some offences, and never for others.
    """

    NO_LIMIT = "no_limit"
    YEARS = "years"
    COURT = "court"
    SOME_WITHOUT = "some_without"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RuleEnding:
    """`earliest` and `latest` are calendar years, None where nobody can tell. The kind YEARS has one of them at
    least."""

    kind: EndingKind
    earliest: int | None = None
    latest: int | None = None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("it ends at the earliest after it ends at the latest")
        if self.kind is EndingKind.YEARS and self.earliest is None and self.latest is None:
            raise ValueError("an end of which no year is known is unknown")


NO_LIMIT = RuleEnding(EndingKind.NO_LIMIT)
UNKNOWN = RuleEnding(EndingKind.UNKNOWN)


class Applies(StrEnum):
    """Whether a rule is about a kind of act. MAYBE: about some offences, and nobody can tell whether about this one."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def applies_to(rule: LimitRule, kind: ActKind) -> Applies:
    """Whether a rule is about a kind of act."""
    if rule.form is PeriodForm.NONE_FOR_GRAVEST and kind in (ActKind.OTHER, ActKind.IMAGES) and not _says_years(rule):
        return Applies.NO
    return _PARTS[rule.part].get(kind, Applies.NO)


_PARTS: Mapping[OffencePart, Mapping[ActKind, Applies]] = {
    OffencePart.ALL: dict.fromkeys(ActKind, Applies.YES),
    OffencePart.SOME: dict.fromkeys(ActKind, Applies.MAYBE),
    OffencePart.GRAVEST: {ActKind.GRAVEST: Applies.YES, ActKind.UNKNOWN: Applies.MAYBE},
    # An offence with pictures may be one of the others, or have rules of its own.
    OffencePart.OTHER: {
        ActKind.OTHER: Applies.YES,
        ActKind.IMAGES: Applies.MAYBE,
        ActKind.UNKNOWN: Applies.MAYBE,
    },
    OffencePart.IMAGES: {ActKind.IMAGES: Applies.YES, ActKind.UNKNOWN: Applies.MAYBE},
}


def rule_ending(rule: LimitRule, asked: ReportQuestion, *, majority: int) -> RuleEnding:
    """When a rule ends, for a rule that is, or may be, about the kind of act."""
    return _FORMS[rule.form](rule, asked, majority)


_Span = tuple[int | None, int | None]
"""The earliest and the latest year, None where it is not known."""


def _years(found: _Span, kind: EndingKind = EndingKind.YEARS) -> RuleEnding:
    if found == (None, None) and kind is EndingKind.YEARS:
        return UNKNOWN
    return RuleEnding(kind, *found)


def _period(rule: LimitRule, asked: ReportQuestion, majority: int) -> _Span:
    """The years in which the period of a rule ends, between the ages that it names."""
    start, known = _start(rule, asked, majority)
    earliest: int | None = None
    latest: int | None = None
    if rule.years:
        earliest = start[0] + min(rule.years)
        latest = None if start[1] is None else start[1] + max(rule.years)
    elif known:
        earliest = start[0]  # nothing ends before it has begun
    return _within_ages(rule, asked, (earliest, latest))


def _start(rule: LimitRule, asked: ReportQuestion, majority: int) -> tuple[tuple[int, int | None], bool]:
    """The years in which the clock can start, and whether the rule names an age for it."""
    ages: tuple[int, ...] = ()
    if rule.start is not PeriodStart.OFFENCE:
        adult = rule.start in (PeriodStart.MAJORITY, PeriodStart.MAJORITY_OR_RECOVERY)
        ages = rule.start_ages or ((majority,) if adult else ())
    if not ages:
        certain = rule.start is PeriodStart.OFFENCE and rule.form is not PeriodForm.SUSPENDED
        return (asked.first, asked.last if certain else None), False
    first = max(asked.first, asked.born + min(ages))
    last = max(asked.last, asked.born + max(ages))
    open_ended = rule.start in (PeriodStart.MAJORITY_OR_RECOVERY, PeriodStart.RECOVERY)
    return (first, None if open_ended else last), True


def _within_ages(rule: LimitRule, asked: ReportQuestion, found: _Span) -> _Span:
    """Not after the ages at which everything ends, and not before the age before which nothing does."""
    earliest, latest = found
    if rule.until_ages:
        low, high = asked.born + min(rule.until_ages), asked.born + max(rule.until_ages)
        earliest = None if earliest is None else min(earliest, low)
        latest = high if latest is None else min(latest, high)
    if rule.earliest_age is not None:
        floor = asked.born + rule.earliest_age
        earliest = floor if earliest is None else max(earliest, floor)
        latest = None if latest is None else max(latest, floor)
    return earliest, latest


def _until_age(rule: LimitRule, asked: ReportQuestion, _majority: int) -> RuleEnding:
    if not rule.until_ages:
        return UNKNOWN
    return _years(_within_ages(rule, asked, (asked.born + min(rule.until_ages), asked.born + max(rule.until_ages))))


def _fixed(rule: LimitRule, asked: ReportQuestion, majority: int) -> RuleEnding:
    return _years(_period(rule, asked, majority))


def _without_limit(_rule: LimitRule, _asked: ReportQuestion, _majority: int) -> RuleEnding:
    return NO_LIMIT


def _none_for_gravest(rule: LimitRule, asked: ReportQuestion, majority: int) -> RuleEnding:
    if asked.kind is ActKind.GRAVEST or rule.part is OffencePart.GRAVEST:
        return NO_LIMIT
    found = _period(rule, asked, majority) if _says_years(rule) else (None, None)
    if asked.kind is ActKind.UNKNOWN:
        return _years((found[0], None), EndingKind.SOME_WITHOUT)
    return _years(found)


def _court(rule: LimitRule, asked: ReportQuestion, majority: int) -> RuleEnding:
    return _years(_period(rule, asked, majority), EndingKind.COURT)


def _cap(rule: LimitRule, asked: ReportQuestion, majority: int) -> RuleEnding:
    """Other rules may end earlier; nothing ends later."""
    return _years((None, _period(rule, asked, majority)[1]))


def _prolonged(rule: LimitRule, asked: ReportQuestion, majority: int) -> RuleEnding:
    """Something that happens later makes it longer, and nobody knows by how much."""
    return _years((_period(rule, asked, majority)[0], None))


def _uncoded(_rule: LimitRule, _asked: ReportQuestion, _majority: int) -> RuleEnding:
    return UNKNOWN


def _says_years(rule: LimitRule) -> bool:
    return bool(rule.years or rule.until_ages or rule.start_ages or rule.earliest_age is not None)


_FORMS: Mapping[PeriodForm, Callable[[LimitRule, ReportQuestion, int], RuleEnding]] = {
    PeriodForm.NONE: _without_limit,
    PeriodForm.NONE_FOR_GRAVEST: _none_for_gravest,
    PeriodForm.FIXED_YEARS: _fixed,
    PeriodForm.UNTIL_AGE: _until_age,
    PeriodForm.NOT_BEFORE_AGE: _fixed,
    PeriodForm.COURT_DECIDES: _court,
    PeriodForm.OUTER_CAP: _cap,
    PeriodForm.SUSPENDED: _fixed,
    PeriodForm.PROLONGED: _prolonged,
    PeriodForm.UNCODED: _uncoded,
}
