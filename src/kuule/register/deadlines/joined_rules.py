"""Puts together what one law says in two paragraphs: when the clock starts in one, for how many years in the other.

Only paragraphs of the same text of a law, about the same offences, and only where there is no choice of how to join
them. What was joined says so, since nobody but a lawyer knows whether the paragraphs belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.limitation.limit_rule import LimitRule, OffencePart, PeriodForm, PeriodStart


@dataclass(frozen=True, slots=True)
class TextOfLaw:
    """One text that was read: its address, and which copy."""

    address: str
    copy_of: str = ""


def join_rules(rules: Sequence[LimitRule], texts: Mapping[str, TextOfLaw]) -> Iterator[LimitRule]:
    """The rules in their order; of two that are joined the whole one stands where the first stood. `texts` by the id
    of a rule."""
    partners = dict(_pairs(rules, texts))
    joined = {*partners, *partners.values()}
    known = {rule.id: rule for rule in rules}
    done: set[str] = set()
    for rule in rules:
        if rule.id not in joined:
            yield rule
        elif rule.id not in done:
            start = next(one for one, other in partners.items() if rule.id in (one, other))
            done |= {start, partners[start]}
            yield _joined(known[start], known[partners[start]])


def _pairs(rules: Sequence[LimitRule], texts: Mapping[str, TextOfLaw]) -> Iterator[tuple[str, str]]:
    """Ids: the rule that says the start, and the one that says the years."""
    taken: set[str] = set()
    for start in filter(_says_only_start, rules):
        fitting = [one for one in rules if _fits(start, one) and texts.get(one.id) == texts.get(start.id)]
        rivals = [one for one in rules if _says_only_start(one) and any(_fits(one, other) for other in fitting)]
        if len(fitting) == 1 and len(rivals) == 1 and fitting[0].id not in taken:
            taken.add(fitting[0].id)
            yield start.id, fitting[0].id


def _says_only_start(rule: LimitRule) -> bool:
    known = bool(rule.start_ages) or rule.start is not PeriodStart.UNKNOWN
    more = rule.years or rule.until_ages or rule.earliest_age is not None
    return rule.source.is_law and rule.form is PeriodForm.FIXED_YEARS and known and not more


def _fits(start: LimitRule, years: LimitRule) -> bool:
    if not years.source.is_law or years.form is not PeriodForm.FIXED_YEARS or not years.years:
        return False
    same_part = start.part is years.part or OffencePart.ALL in (start.part, years.part)
    same_start = years.start is start.start and (not years.start_ages or years.start_ages == start.start_ages)
    return same_part and (same_start or (years.start is PeriodStart.UNKNOWN and not years.start_ages))


def _joined(start: LimitRule, years: LimitRule) -> LimitRule:
    articles = "; ".join(one for one in (start.source.article, years.source.article) if one)
    reviews = [one for one in (start.next_review, years.next_review) if one is not None]
    return replace(
        years,
        id=f"{start.id}+{years.id}",
        says=f"{start.says}; {years.says}",
        part=years.part if start.part is OffencePart.ALL else start.part,
        start=start.start,
        start_ages=start.start_ages,
        earliest_age=years.earliest_age,
        source=replace(
            years.source, article=articles, confidence=max(start.source.confidence, years.source.confidence)
        ),
        shorter_in_circle_of_trust=_known(start.shorter_in_circle_of_trust, years.shorter_in_circle_of_trust),
        retroactive=_known(start.retroactive, years.retroactive),
        in_force_from=max(start.in_force_from, years.in_force_from),
        in_force_note="; ".join(one for one in (start.in_force_note, years.in_force_note) if one),
        confirmed=start.confirmed and years.confirmed,
        next_review=min(reviews, default=None),
        joined=True,
    )


def _known(one: bool | None, other: bool | None) -> bool | None:
    """What both paragraphs say, or the one that says something; nothing where they differ."""
    if one is None or other is None:
        return other if one is None else one
    return one if one is other else None
