from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.limitation.country_deadlines import (
    CountryDeadlines,
    NotKnown,
    Outlook,
    RulePlace,
    country_deadlines,
    outlook_of,
)
from kuule.limitation.limit_rule import (
    CountryRules,
    LimitRule,
    OffencePart,
    PeriodForm,
    PeriodStart,
    RuleBook,
    RuleStatus,
)
from kuule.limitation.report_question import ActKind, ReportQuestion
from kuule.limitation.rule_endings import EndingKind, RuleEnding
from tests.limitation.rules_for_tests import PRESS, bare, question, questions, rule, rules
from tests.sampling import examples

TODAY = date(2026, 11, 27)


def book(*known: LimitRule, dispute: str = "") -> RuleBook:
    countries = {"FI": CountryRules("FI", known, dispute)}
    return RuleBook("r", "Register", "Publisher", "CC-BY-4.0", TODAY, countries=countries)


def answer(*known: LimitRule, asked: ReportQuestion | None = None, dispute: str = "") -> CountryDeadlines:
    return country_deadlines(book(*known, dispute=dispute), asked or question(), today=TODAY)


def test_rule_that_is_read_confirmed_and_old_enough_leaves_only_the_day_open() -> None:
    found = answer(rule())

    assert found.not_known == (NotKnown.DAY,)
    assert found.overview is not None
    assert (found.overview.earliest, found.overview.latest, found.overview.agreed) == (2028, 2028, True)
    assert found.overview.outlook is Outlook.AHEAD


def test_country_that_nobody_has_read_is_no_country_without_a_limit() -> None:
    found = country_deadlines(book(), replace(question(), country="SE"), today=TODAY)

    assert found.not_known == (NotKnown.NOTHING_READ,)
    assert found.overview is None
    assert found.rules == ()


def test_sources_that_contradict_each_other_are_both_there_with_the_earliest_first() -> None:
    late = rule(id="a", start=PeriodStart.AGE, start_ages=(35,))
    found = answer(late, rule(id="b"), dispute="one says 35, one says 18")

    assert [one.rule.id for one in found.rules] == ["a", "b"]
    assert found.overview is not None
    assert (found.overview.earliest, found.overview.latest, found.overview.agreed) == (2028, 2045, False)
    assert found.not_known[0] is NotKnown.CONTRADICTION
    assert found.dispute == "one says 35, one says 18"


def test_newer_rule_that_does_not_reach_back_is_apart_and_counts_for_nothing() -> None:
    newer = rule(id="new", form=PeriodForm.NONE, years=(), in_force_from="2019-12-30", retroactive=False)
    found = answer(rule(id="old"), newer)

    assert [one.rule.id for one in found.rules_at(RulePlace.NOT_BACK)] == ["new"]
    assert found.overview is not None
    assert not found.overview.no_limit
    assert NotKnown.NOTHING_READ in answer(newer).not_known


def test_newer_rule_of_which_nobody_says_whether_it_reaches_back_says_so_first() -> None:
    found = answer(rule(in_force_from="2010", retroactive=None))

    assert found.not_known[:2] == (NotKnown.VERSION, NotKnown.REACHES_BACK)
    assert found.rules[0].came_later


def test_repealed_rule_is_an_older_one_and_not_among_those_of_today() -> None:
    found = answer(rule(), rule(id="old", years=(5,), status=RuleStatus.REPEALED))

    assert [one.rule.id for one in found.rules_at(RulePlace.EARLIER)] == ["old"]
    assert found.overview is not None
    assert found.overview.earliest == 2028
    assert found.rules_at(RulePlace.EARLIER)[0].outlook is Outlook.MAYBE_OVER


def test_everything_that_is_not_known_is_said() -> None:
    weak = rule(
        years=(5, 20),
        part=OffencePart.SOME,
        source=PRESS,
        status=RuleStatus.UNCLEAR,
        confirmed=False,
        joined=True,
        shorter_in_circle_of_trust=True,
        in_force_from="",
        retroactive=None,
        next_review=TODAY,
    )
    found = answer(weak, dispute="said", asked=question(1990, 2000, 2009))

    assert found.not_known == (
        NotKnown.VERSION,
        NotKnown.REACHES_BACK,
        NotKnown.CONTRADICTION,
        NotKnown.REPORTED,
        NotKnown.IN_FORCE,
        NotKnown.JOINED,
        NotKnown.UNCONFIRMED,
        NotKnown.DUE,
        NotKnown.CLASS,
        NotKnown.PART,
        NotKnown.TRUST,
        NotKnown.ADULT,
        NotKnown.DAY,
    )


def test_kind_that_is_not_known_says_that_the_class_is_not() -> None:
    gravest = bare(PeriodForm.NONE, part=OffencePart.GRAVEST)
    found = answer(gravest, rule(), asked=question(kind=ActKind.UNKNOWN))

    assert NotKnown.CLASS in found.not_known
    assert NotKnown.PART not in found.not_known
    assert found.overview is not None
    assert (found.overview.earliest, found.overview.no_limit) == (2028, True)


def test_cap_brings_the_earliest_year_forward() -> None:
    cap = rule(id="cap", form=PeriodForm.OUTER_CAP, start=PeriodStart.OFFENCE, years=(10,))
    found = answer(rule(), cap, asked=question(1990, 2000))

    assert found.overview is not None
    assert (found.overview.earliest, found.overview.latest, found.overview.unknown) == (2010, 2028, True)


def test_outlook_is_over_only_if_every_rule_says_so() -> None:
    over, ahead = rule(years=(1,)), rule(id="b", years=(40,))

    assert answer(over).overview is not None
    assert [found.overview.outlook for found in (answer(over), answer(over, ahead)) if found.overview] == [
        Outlook.MAYBE_OVER,
        Outlook.PARTLY,
    ]


def test_outlook_by_years() -> None:
    years = EndingKind.YEARS
    table = {
        RuleEnding(years, 2027, 2030): Outlook.AHEAD,
        RuleEnding(years, 2026, 2026): Outlook.THIS_YEAR,
        RuleEnding(years, 2026, 2030): Outlook.PARTLY,
        RuleEnding(years, 2020, 2026): Outlook.PARTLY,
        RuleEnding(years, 2020, 2025): Outlook.MAYBE_OVER,
        RuleEnding(years, 2020, None): Outlook.PARTLY,
        RuleEnding(years, 2030, None): Outlook.AHEAD,
        RuleEnding(years, None, 2025): Outlook.MAYBE_OVER,
        RuleEnding(years, None, 2030): Outlook.OPEN,
        RuleEnding(EndingKind.SOME_WITHOUT, 2020, None): Outlook.PARTLY,
        RuleEnding(EndingKind.SOME_WITHOUT): Outlook.OPEN,
        RuleEnding(EndingKind.COURT, 2020, 2020): Outlook.OPEN,
        RuleEnding(EndingKind.NO_LIMIT): Outlook.OPEN,
        RuleEnding(EndingKind.UNKNOWN): Outlook.OPEN,
    }

    assert {ending: outlook_of(ending, 2026) for ending in table} == table


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(rules, max_size=5, unique_by=lambda one: one.id), questions())
def test_overview_holds_every_rule_of_today(known: list[LimitRule], asked: ReportQuestion) -> None:
    found = answer(*known, asked=asked)
    now = found.rules_at(RulePlace.NOW)

    assert (found.overview is None) == (not now)
    assert (NotKnown.NOTHING_READ in found.not_known) == (not now)
    if found.overview is None:
        return
    for one in now:
        if one.ending.kind in (EndingKind.YEARS, EndingKind.SOME_WITHOUT):
            years = [year for year in (one.ending.earliest, one.ending.latest) if year is not None]
            assert all(found.overview.earliest is not None and found.overview.earliest <= year for year in years)
            assert one.ending.latest is None or (
                found.overview.latest is not None and found.overview.latest >= one.ending.latest
            )
        assert one.ending.kind is not EndingKind.UNKNOWN or found.overview.unknown
    assert len(set(found.not_known)) == len(found.not_known)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(rules, min_size=1, max_size=4, unique_by=lambda one: one.id), questions())
def test_what_nobody_confirmed_or_read_in_the_law_is_never_left_unsaid(
    known: list[LimitRule], asked: ReportQuestion
) -> None:
    found = answer(*known, asked=asked)

    if any(not one.rule.confirmed for one in found.rules):
        assert NotKnown.UNCONFIRMED in found.not_known
    if any(not one.rule.source.is_law for one in found.rules):
        assert {NotKnown.REPORTED, NotKnown.SOME_REPORTED} & set(found.not_known)
