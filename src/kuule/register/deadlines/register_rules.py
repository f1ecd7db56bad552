"""The values of a register as rules that `kuule.limitation` works with: what stands today, and what was the law before.

Bills and what was rejected are no rules. Values that say what one law has in two paragraphs become one rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kuule.limitation.limit_rule import (
    CountryRules,
    LimitRule,
    PeriodForm,
    PeriodStart,
    RuleBook,
    RuleSource,
    RuleStatus,
)
from kuule.register.check_rules.contradictions import contradictions, rejected_ids, standing_values
from kuule.register.data_model.answers import TimeLimit, YearRange
from kuule.register.data_model.country_values import CountryValues, LegalStatus, LegalValue
from kuule.register.data_model.limit_ends import several, year_classes
from kuule.register.data_model.whole_register import Register
from kuule.register.deadlines.joined_rules import TextOfLaw, join_rules

CRIMINAL_LIMITS = "limitation-criminal"
"""The provision that asks until when a crime can be prosecuted."""


def rule_book(register: Register, today: date) -> RuleBook:
    """The rules of each country of the register, as they are on that day. A country of which nothing was read has
    none; a country outside the comparison is there if something was read of it."""
    settings = register.settings
    known = register.of_provision(CRIMINAL_LIMITS)
    codes = (*settings.countries, *(code for code in settings.also_seen if code in known))
    return RuleBook(
        register=settings.id,
        title=settings.title,
        publisher=settings.publisher,
        licence=settings.licence,
        as_of=settings.as_of,
        majority=settings.age_of_majority,
        address=settings.address or "",
        countries={
            code: _country_rules(known[code], settings.age_of_majority, today)
            if code in known
            else CountryRules(code, ())
            for code in codes
        },
    )


def _country_rules(read: CountryValues, majority: int, today: date) -> CountryRules:
    rejected = rejected_ids(read)
    before = [one for one in read.values if one.status is LegalStatus.REPEALED and one.id not in rejected]
    standing = standing_values(read, today)
    texts = {one.id: TextOfLaw(one.source.address, one.source.copy_of or "") for one in standing}
    rules = (*join_rules([_rule(one) for one in standing], texts), *map(_rule, before))
    return CountryRules(read.country, rules, " ".join(_disputes(read, standing, majority, today)))


def _disputes(read: CountryValues, standing: Sequence[LegalValue], majority: int, today: date) -> Iterator[str]:
    """What is disputed, in words. What nobody has written down is said by what the coded answers differ on."""
    found = contradictions(read, today, majority)
    if read.dispute:
        yield read.dispute
    else:
        yield from (f"{each.one.id} and {each.other.id} contradict each other: {each.about}." for each in found)
    for value in standing:
        yield from (f"On {value.id}: {one.why}" for one in value.disagreements if one.settled_on is None)


def _rule(value: LegalValue) -> LimitRule:
    limit = value.answer if isinstance(value.answer, TimeLimit) else None
    source = value.source
    known = LimitRule(
        id=value.id,
        says=value.says,
        form=PeriodForm.UNCODED,
        part=value.offences,
        status=RuleStatus(value.status),
        source=RuleSource(
            kind=str(source.kind),
            address=source.address,
            title=source.title or "",
            article=source.article or "",
            dated=source.dated or source.dated_note or "",
            read_on=value.read_on,
            confidence=str(value.confidence),
        ),
        in_force_from=value.in_force_from or "",
        in_force_note=value.in_force_note or "",
        confirmed=value.confirmed_by is not None,
        next_review=value.next_review,
    )
    return known if limit is None else _with_limit(known, limit)


def _with_limit(rule: LimitRule, limit: TimeLimit) -> LimitRule:
    return replace(
        rule,
        form=PeriodForm(limit.form),
        start=PeriodStart.UNKNOWN if limit.clock is None else PeriodStart(limit.clock),
        start_ages=several(limit.clock_age),
        years=year_classes(limit),
        span=isinstance(limit.years, YearRange),
        until_ages=several(limit.until_age),
        earliest_age=limit.earliest_end_age,
        shorter_in_circle_of_trust=limit.shorter_in_circle_of_trust,
        retroactive=limit.retroactive,
    )
