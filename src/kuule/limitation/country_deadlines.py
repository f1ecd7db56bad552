"""Until when something can be reported in one country: each rule, all of them together, and what nobody knows.

A limit that has passed by one rule is never the last word: `Outlook` says so of a rule and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.limitation.limit_rule import CountryRules, LimitRule, RuleBook, RuleStatus
from kuule.limitation.report_question import ActKind, ReportQuestion
from kuule.limitation.rule_endings import Applies, EndingKind, RuleEnding, applies_to, rule_ending


class Outlook(StrEnum):
    """Where today lies. PARTLY: the earliest year has come, and the latest has not, or is not known. MAYBE_OVER: by
    this rule, as it was read, the time may be over."""

    AHEAD = "ahead"
    THIS_YEAR = "this_year"
    PARTLY = "partly"
    MAYBE_OVER = "maybe_over"
    OPEN = "open"


class RulePlace(StrEnum):
    """What a rule is for this act: LAW today, EARLIER law, or a rule that came later and is said not to reach back."""

    NOW = "now"
    EARLIER = "earlier"
    NOT_BACK = "not_back"


class NotKnown(StrEnum):
    """What the register does not know. Each is a text of the page."""

    NOTHING_READ = "not_known_nothing"
    VERSION = "not_known_version"
    REACHES_BACK = "not_known_back"
    CONTRADICTION = "not_known_contradiction"
    CLASS = "not_known_class"
    PART = "not_known_part"
    REPORTED = "not_known_reported"
    SOME_REPORTED = "not_known_some_reported"
    IN_FORCE = "not_known_in_force"
    JOINED = "not_known_joined"
    TRUST = "not_known_trust"
    UNCONFIRMED = "not_known_unconfirmed"
    DUE = "not_known_due"
    ADULT = "not_known_adult"
    DAY = "not_known_day"


@dataclass(frozen=True, slots=True)
class RuleDeadline:
    """What one rule comes to. `came_later`: it applies only since after the act."""

    rule: LimitRule
    applies: Applies
    ending: RuleEnding
    place: RulePlace
    outlook: Outlook
    came_later: bool
    due: bool


@dataclass(frozen=True, slots=True)
class UntilCourt:
    """The earliest and the latest year after which a court decides. `latest` is None where it is not known."""

    earliest: int
    latest: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All rules of today together. `earliest` and `latest`: the earliest and the latest year that any of them gives;
    `no_limit` and `court`: by some of them there is none, or a court decides; `unknown`: for some of them a year
    could not be worked out; `agreed`: they all come to the same. `until_court`: where a court decides, the years
    until which a report can be made before that, None where no year is known of one of these rules."""

    earliest: int | None
    latest: int | None
    no_limit: bool
    court: bool
    unknown: bool
    agreed: bool
    outlook: Outlook
    until_court: UntilCourt | None = None


@dataclass(frozen=True, slots=True)
class CountryDeadlines:
    """The answer to a question. What is not known comes first, on pages as well as here."""

    asked: ReportQuestion
    not_known: tuple[NotKnown, ...]
    overview: Overview | None
    """None where no rule is known that may be about this."""
    rules: tuple[RuleDeadline, ...]
    dispute: str = ""

    def rules_at(self, place: RulePlace) -> tuple[RuleDeadline, ...]:
        """The rules of one place, in the order of the register."""
        return tuple(one for one in self.rules if one.place is place)


def country_deadlines(book: RuleBook, asked: ReportQuestion, *, today: date) -> CountryDeadlines:
    """The answer for the country that is asked. A country that the register has not is one of which nothing was
    read."""
    known = book.countries.get(asked.country, CountryRules(asked.country, ()))
    found = tuple(_deadlines(known.rules, asked, book.majority, today))
    now = [one for one in found if one.place is RulePlace.NOW]
    return CountryDeadlines(
        asked,
        tuple(_not_known(found, known, asked, book.majority)),
        _overview(now, today.year) if now else None,
        found,
        known.dispute,
    )


def _deadlines(rules: Iterable[LimitRule], asked: ReportQuestion, majority: int, today: date) -> Iterator[RuleDeadline]:
    for rule in rules:
        applies = applies_to(rule, asked.kind)
        if applies is Applies.NO:
            continue
        ending = rule_ending(rule, asked, majority=majority)
        since = rule.in_force_year
        later = since is not None and since > asked.first
        yield RuleDeadline(
            rule,
            applies,
            ending,
            _place(rule, later=later),
            outlook_of(ending, today.year),
            later,
            rule.is_due(today),
        )


def _place(rule: LimitRule, *, later: bool) -> RulePlace:
    if rule.status is RuleStatus.REPEALED:
        return RulePlace.EARLIER
    return RulePlace.NOT_BACK if later and rule.retroactive is False else RulePlace.NOW


def outlook_of(ending: RuleEnding, year: int) -> Outlook:
    """Where a year lies by a rule."""
    early, late = ending.earliest, ending.latest
    if ending.kind in (EndingKind.NO_LIMIT, EndingKind.COURT, EndingKind.UNKNOWN):
        return Outlook.OPEN
    if early is None:
        return Outlook.MAYBE_OVER if late is not None and late < year else Outlook.OPEN
    if early > year:
        return Outlook.AHEAD
    if ending.kind is EndingKind.SOME_WITHOUT or late is None or late > year:
        return Outlook.PARTLY
    return Outlook.MAYBE_OVER if late < year else Outlook.THIS_YEAR if early == late else Outlook.PARTLY


def _overview(now: Sequence[RuleDeadline], year: int) -> Overview:
    endings = [one.ending for one in now]
    kinds = {one.kind for one in endings}
    years = [one for one in endings if one.kind in (EndingKind.YEARS, EndingKind.SOME_WITHOUT)]
    starts = [one.latest if one.earliest is None else one.earliest for one in years]
    earliest = min((one for one in starts if one is not None), default=None)
    latest = max((one.latest for one in years if one.latest is not None), default=None)
    if latest is not None and earliest is not None:
        latest = max(earliest, latest)
    open_ended = any(one.kind is EndingKind.YEARS and one.latest is None for one in years)
    unknown = EndingKind.UNKNOWN in kinds or open_ended or any(one.earliest is None for one in years)
    no_limit = bool(kinds & {EndingKind.NO_LIMIT, EndingKind.SOME_WITHOUT})
    outlook = _together(now, year)
    agreed = len(set(endings)) == 1
    court = [one for one in endings if one.kind is EndingKind.COURT]
    return Overview(earliest, latest, no_limit, bool(court), unknown, agreed, outlook, _until_court(court))


def _until_court(endings: Sequence[RuleEnding]) -> UntilCourt | None:
    starts = [one.latest if one.earliest is None else one.earliest for one in endings]
    known = [one for one in starts if one is not None]
    if not known or len(known) < len(endings):
        return None
    ends = [one.latest for one in endings if one.earliest is not None and one.latest is not None]
    return UntilCourt(min(known), max(ends) if len(ends) == len(endings) else None)


def _together(now: Sequence[RuleDeadline], _year: int) -> Outlook:
    """MAYBE_OVER only if every rule says so."""
    found = {one.outlook for one in now}
    if len(found) == 1:
        return found.pop()
    return Outlook.PARTLY if found & {Outlook.MAYBE_OVER, Outlook.PARTLY, Outlook.THIS_YEAR} else Outlook.OPEN


def _not_known(
    found: Sequence[RuleDeadline], known: CountryRules, asked: ReportQuestion, majority: int
) -> Iterator[NotKnown]:
    now = [one for one in found if one.place is RulePlace.NOW]
    if not now:
        yield NotKnown.NOTHING_READ
    if found:
        yield from _of_time(now)
        yield from _of_sources(found, now, known)
        yield from _of_offences(now, asked)
    if asked.last - asked.born >= majority:
        yield NotKnown.ADULT
    if any(one.ending.kind is not EndingKind.NO_LIMIT for one in found):
        yield NotKnown.DAY


def _of_time(now: Sequence[RuleDeadline]) -> Iterator[NotKnown]:
    """Which version of the law applies to the act."""
    undated = [one for one in now if one.came_later or one.rule.in_force_year is None]
    if undated:
        yield NotKnown.VERSION
    if any(one.rule.retroactive is None for one in undated):
        yield NotKnown.REACHES_BACK


def _of_sources(found: Sequence[RuleDeadline], now: Sequence[RuleDeadline], known: CountryRules) -> Iterator[NotKnown]:
    if known.dispute:
        yield NotKnown.CONTRADICTION
    law = [one.rule.source.is_law for one in found]
    if not any(law):
        yield NotKnown.REPORTED
    elif not all(law):
        yield NotKnown.SOME_REPORTED
    if any(one.rule.status is RuleStatus.UNCLEAR for one in now):
        yield NotKnown.IN_FORCE
    if any(one.rule.joined for one in now):
        yield NotKnown.JOINED
    if not all(one.rule.confirmed for one in found):
        yield NotKnown.UNCONFIRMED
    if any(one.due for one in found):
        yield NotKnown.DUE


def _of_offences(now: Sequence[RuleDeadline], asked: ReportQuestion) -> Iterator[NotKnown]:
    several = any(len(set(one.rule.years)) > 1 or len(set(one.rule.until_ages)) > 1 for one in now)
    if several or (asked.kind is ActKind.UNKNOWN and any(one.applies is Applies.MAYBE for one in now)):
        yield NotKnown.CLASS
    if asked.kind is not ActKind.UNKNOWN and any(one.applies is Applies.MAYBE for one in now):
        yield NotKnown.PART
    if any(one.rule.shorter_in_circle_of_trust for one in now):
        yield NotKnown.TRUST
