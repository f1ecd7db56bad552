"""Rules and questions for tests: by hand, and by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies

from kuule.limitation.limit_rule import (
    LimitRule,
    OffencePart,
    PeriodForm,
    PeriodStart,
    RuleSource,
    RuleStatus,
)
from kuule.limitation.report_question import ActKind, ReportQuestion

STATUTE = RuleSource("statute", "https://example.org/law", "Penal Code", "12", "2026", date(2026, 11, 27), "A")
PRESS = RuleSource("press", "https://example.org/news", dated="2025-12-17", read_on=date(2026, 11, 27), confidence="C")

RULE = LimitRule(
    id="r001",
    says="20 years from the day on which the person turns 18",
    form=PeriodForm.FIXED_YEARS,
    part=OffencePart.ALL,
    status=RuleStatus.IN_FORCE,
    source=STATUTE,
    start=PeriodStart.MAJORITY,
    years=(20,),
    in_force_from="1990",
    retroactive=True,
    confirmed=True,
    next_review=date(2027, 11, 27),
)


def rule(**changes: object) -> LimitRule:
    """A rule that differs from RULE in these."""
    return replace(RULE, **changes)  # type: ignore[arg-type]


def bare(form: PeriodForm, **changes: object) -> LimitRule:
    """A rule that says nothing but its form and these."""
    return rule(form=form, **({"start": PeriodStart.UNKNOWN, "years": ()} | changes))


def question(
    born: int = 1990, first: int = 2000, last: int | None = None, kind: ActKind = ActKind.OTHER
) -> ReportQuestion:
    return ReportQuestion("FI", born, first, first if last is None else last, kind)


_AGES = strategies.integers(0, 60)
_SOME_AGES = strategies.lists(_AGES, max_size=3).map(tuple)
_PERIODS = strategies.lists(strategies.integers(0, 40), max_size=4).map(tuple)
_MAYBE = strategies.sampled_from([None, True, False])
_TEXTS = strategies.text(strategies.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
_DAYS = strategies.dates(date(1990, 1, 1), date(2060, 12, 31))

rules = strategies.builds(
    LimitRule,
    id=strategies.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True),
    says=_TEXTS.filter(bool),
    form=strategies.sampled_from(PeriodForm),
    part=strategies.sampled_from(OffencePart),
    status=strategies.sampled_from(RuleStatus),
    source=strategies.builds(
        RuleSource,
        kind=strategies.sampled_from(["statute", "press", "official"]),
        address=strategies.just("https://example.org/a"),
        title=_TEXTS,
        article=_TEXTS,
        read_on=strategies.none() | _DAYS,
        confidence=strategies.sampled_from(["", "A", "D"]),
    ),
    start=strategies.sampled_from(PeriodStart),
    start_ages=_SOME_AGES,
    years=_PERIODS,
    span=strategies.booleans(),
    until_ages=_SOME_AGES,
    earliest_age=strategies.none() | _AGES,
    shorter_in_circle_of_trust=_MAYBE,
    retroactive=_MAYBE,
    in_force_from=strategies.sampled_from(["", "1995", "2010-05", "2024-07-01"]),
    in_force_note=_TEXTS,
    confirmed=strategies.booleans(),
    next_review=strategies.none() | _DAYS,
    joined=strategies.booleans(),
)


@strategies.composite
def questions(draw: strategies.DrawFn) -> ReportQuestion:
    """Questions of people who were a year old or more, so that no day of the act lies before the birthday."""
    born = draw(strategies.integers(1930, 2020))
    first = born + draw(strategies.integers(1, 25))
    last = first + draw(strategies.integers(0, 8))
    return ReportQuestion("FI", born, first, last, draw(strategies.sampled_from(ActKind)))
