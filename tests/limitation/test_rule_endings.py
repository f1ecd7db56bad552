from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.limitation.limit_rule import LimitRule, OffencePart, PeriodForm, PeriodStart
from kuule.limitation.report_question import ActKind, ReportQuestion
from kuule.limitation.rule_endings import (
    NO_LIMIT,
    UNKNOWN,
    Applies,
    EndingKind,
    RuleEnding,
    applies_to,
    rule_ending,
)
from tests.limitation.by_days import last_day, last_day_by_walking, lives
from tests.limitation.rules_for_tests import bare, question, questions, rule, rules
from tests.sampling import examples, matrix

YEARS = EndingKind.YEARS


def ending(one: LimitRule, asked: ReportQuestion) -> RuleEnding:
    return rule_ending(one, asked, majority=18)


@pytest.mark.parametrize(
    ("one", "asked", "expected"),
    [
        (bare(PeriodForm.NONE), question(), NO_LIMIT),
        (rule(), question(1990, 2000), RuleEnding(YEARS, 2028, 2028)),
        (rule(years=(30, 15, 5)), question(1990, 2000), RuleEnding(YEARS, 2013, 2038)),
        (rule(years=(2, 15), span=True), question(1990, 2000), RuleEnding(YEARS, 2010, 2023)),
        (rule(start=PeriodStart.OFFENCE), question(1990, 2000, 2003), RuleEnding(YEARS, 2020, 2023)),
        (rule(start=PeriodStart.AGE, start_ages=(30,)), question(1990), RuleEnding(YEARS, 2040, 2040)),
        (rule(start=PeriodStart.OTHER, start_ages=(19, 21)), question(1990), RuleEnding(YEARS, 2029, 2031)),
        (rule(start=PeriodStart.UNKNOWN), question(1990, 2000), RuleEnding(YEARS, 2020, None)),
        (rule(years=()), question(1990, 2000), RuleEnding(YEARS, 2008, None)),
        (bare(PeriodForm.FIXED_YEARS), question(), UNKNOWN),
        (bare(PeriodForm.FIXED_YEARS, start=PeriodStart.OFFENCE), question(), UNKNOWN),
        (bare(PeriodForm.UNTIL_AGE, until_ages=(48,)), question(1990), RuleEnding(YEARS, 2038, 2038)),
        (bare(PeriodForm.UNTIL_AGE, until_ages=(50, 33)), question(1990), RuleEnding(YEARS, 2023, 2040)),
        (bare(PeriodForm.NOT_BEFORE_AGE, earliest_age=28), question(1990), RuleEnding(YEARS, 2018, None)),
        (
            rule(form=PeriodForm.NOT_BEFORE_AGE, start=PeriodStart.OFFENCE, years=(10, 20), earliest_age=28),
            question(1990, 2000),
            RuleEnding(YEARS, 2018, 2020),
        ),
        (bare(PeriodForm.COURT_DECIDES), question(), RuleEnding(EndingKind.COURT)),
        (
            rule(form=PeriodForm.COURT_DECIDES, years=(30,)),
            question(1990),
            RuleEnding(EndingKind.COURT, 2038, 2038),
        ),
        (bare(PeriodForm.OUTER_CAP), question(), UNKNOWN),
        (
            rule(form=PeriodForm.OUTER_CAP, start=PeriodStart.OFFENCE, years=(60,)),
            question(1990, 2000),
            RuleEnding(YEARS, None, 2060),
        ),
        (
            rule(form=PeriodForm.SUSPENDED, start=PeriodStart.MAJORITY_OR_RECOVERY, years=(3,)),
            question(1990),
            RuleEnding(YEARS, 2011, None),
        ),
        (rule(form=PeriodForm.SUSPENDED), question(1990), RuleEnding(YEARS, 2028, 2028)),
        (rule(form=PeriodForm.PROLONGED, years=(30,)), question(1990), RuleEnding(YEARS, 2038, None)),
        (bare(PeriodForm.UNCODED, years=(30,)), question(), UNKNOWN),
        (bare(PeriodForm.NONE_FOR_GRAVEST), question(kind=ActKind.GRAVEST), NO_LIMIT),
        (bare(PeriodForm.NONE_FOR_GRAVEST), question(kind=ActKind.UNKNOWN), RuleEnding(EndingKind.SOME_WITHOUT)),
        (
            rule(form=PeriodForm.NONE_FOR_GRAVEST, years=(30,)),
            question(1990, kind=ActKind.UNKNOWN),
            RuleEnding(EndingKind.SOME_WITHOUT, 2038, None),
        ),
        (
            rule(form=PeriodForm.NONE_FOR_GRAVEST, years=(30,)),
            question(1990, kind=ActKind.OTHER),
            RuleEnding(YEARS, 2038, 2038),
        ),
    ],
)
def test_each_form_ends_as_its_words_say(one: LimitRule, asked: ReportQuestion, expected: RuleEnding) -> None:
    assert ending(one, asked) == expected


def test_every_form_is_known() -> None:
    assert {form: ending(bare(form), question()).kind for form in PeriodForm}.keys() == set(PeriodForm)


@settings(max_examples=examples(150), deadline=None)
@given(rules, questions())
def test_range_contains_the_answer_of_every_life(one: LimitRule, asked: ReportQuestion) -> None:
    found = ending(one, asked)
    if found.kind not in (EndingKind.YEARS, EndingKind.COURT):
        return
    for life in lives(one, asked):
        over = last_day(one, life)
        if over is None:
            # What the source does not say may never end: then no latest year is promised.
            assert life.years is None
            continue
        if found.earliest is not None:
            assert over.year >= min(found.earliest, 2199)
        if found.latest is not None and one.form is not PeriodForm.OUTER_CAP:
            assert over.year <= max(found.latest, life.act.year)


@settings(max_examples=examples(200), deadline=None)
@given(rules, questions())
def test_range_is_no_wider_than_the_lives_that_fit(one: LimitRule, asked: ReportQuestion) -> None:
    """Where everything is known: the first and the last year are each the year of somebody."""
    found = ending(one, asked)
    plain = one.form in (PeriodForm.FIXED_YEARS, PeriodForm.NOT_BEFORE_AGE) and not one.until_ages
    if not plain or found.latest is None or not one.years:
        return
    ends = {over.year for life in lives(one, asked) if (over := last_day(one, life)) is not None}
    assert (min(ends), max(ends)) == (found.earliest, found.latest)


@pytest.mark.parametrize("born", matrix([1984, 1990], [1990]))
@pytest.mark.parametrize(
    "one",
    [
        rule(),
        rule(years=(5, 20)),
        rule(start=PeriodStart.OFFENCE, years=(15,)),
        rule(form=PeriodForm.NOT_BEFORE_AGE, start=PeriodStart.OFFENCE, years=(10,), earliest_age=25),
        bare(PeriodForm.UNTIL_AGE, until_ages=(48, 33)),
    ],
    ids=["majority", "classes", "offence", "floor", "age"],
)
def test_walking_day_by_day_comes_to_the_same(one: LimitRule, born: int) -> None:
    asked = question(born, born + 9, born + 11)

    walked = {over.year for life in lives(one, asked) if (over := last_day_by_walking(one, life)) is not None}

    assert (min(walked), max(walked)) == (ending(one, asked).earliest, ending(one, asked).latest)


@settings(max_examples=examples(300), deadline=None)
@given(rules, questions(), st.integers(0, 10), st.integers(0, 10))
def test_who_is_born_later_or_hurt_later_never_has_an_earlier_end(
    one: LimitRule, asked: ReportQuestion, more_born: int, more_act: int
) -> None:
    shift = more_born + more_act
    later = replace(asked, born=asked.born + more_born, first=asked.first + shift, last=asked.last + shift)
    before, after = ending(one, asked), ending(one, later)

    assert before.kind == after.kind
    for was, is_now in ((before.earliest, after.earliest), (before.latest, after.latest)):
        assert (was is None) == (is_now is None)
        assert was is None or is_now is None or was <= is_now


@settings(max_examples=examples(300), deadline=None)
@given(rules, questions())
def test_nothing_ends_before_the_ages_that_a_rule_demands(one: LimitRule, asked: ReportQuestion) -> None:
    found = ending(one, asked)
    if one.earliest_age is not None and found.kind is EndingKind.YEARS:
        floor = asked.born + one.earliest_age
        assert found.earliest is None or found.earliest >= floor
        assert found.latest is None or found.latest >= floor
    if one.form is PeriodForm.UNTIL_AGE and one.until_ages:
        assert found.earliest is not None
        assert found.earliest >= asked.born + min(one.until_ages)


@settings(max_examples=examples(300), deadline=None)
@given(rules, questions())
def test_what_a_source_does_not_say_stays_unknown(one: LimitRule, asked: ReportQuestion) -> None:
    nothing = replace(one, start=PeriodStart.UNKNOWN, start_ages=(), years=(), until_ages=(), earliest_age=None)
    found = ending(nothing, asked)

    assert (found.earliest, found.latest) == (None, None)
    open_start = replace(one, start=PeriodStart.RECOVERY, until_ages=())
    if one.form is not PeriodForm.UNTIL_AGE:
        assert ending(open_start, asked).latest is None


@settings(max_examples=examples(200), deadline=None)
@given(rules, questions())
def test_knowing_the_kind_never_makes_an_answer_wider(one: LimitRule, asked: ReportQuestion) -> None:
    whole = ending(one, replace(asked, kind=ActKind.UNKNOWN))
    for kind in ActKind:
        if applies_to(one, kind) is Applies.NO:
            continue
        assert applies_to(one, ActKind.UNKNOWN) is not Applies.NO
        part = ending(one, replace(asked, kind=kind))
        if whole.kind is EndingKind.SOME_WITHOUT:
            assert part.kind in (EndingKind.NO_LIMIT, EndingKind.YEARS, EndingKind.UNKNOWN, EndingKind.SOME_WITHOUT)
            assert whole.earliest is None or part.earliest is None or part.earliest >= whole.earliest
        else:
            assert part == whole


@pytest.mark.parametrize(
    ("part", "kinds"),
    [
        (OffencePart.ALL, {"gravest": "yes", "other": "yes", "images": "yes", "unknown": "yes"}),
        (OffencePart.SOME, {"gravest": "maybe", "other": "maybe", "images": "maybe", "unknown": "maybe"}),
        (OffencePart.GRAVEST, {"gravest": "yes", "other": "no", "images": "no", "unknown": "maybe"}),
        (OffencePart.OTHER, {"gravest": "no", "other": "yes", "images": "maybe", "unknown": "maybe"}),
        (OffencePart.IMAGES, {"gravest": "no", "other": "no", "images": "yes", "unknown": "maybe"}),
    ],
)
def test_rule_is_about_the_kinds_that_its_part_has(part: OffencePart, kinds: dict[str, str]) -> None:
    assert {kind.value: applies_to(rule(part=part), kind).value for kind in ActKind} == kinds


def test_rule_on_the_gravest_alone_says_nothing_of_others() -> None:
    assert applies_to(bare(PeriodForm.NONE_FOR_GRAVEST), ActKind.OTHER) is Applies.NO
    assert applies_to(rule(form=PeriodForm.NONE_FOR_GRAVEST), ActKind.OTHER) is Applies.YES


@pytest.mark.parametrize("years", [(2030, 2020), (None, None)])
def test_ending_that_cannot_be_is_refused(years: tuple[int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r"ends|unknown"):
        RuleEnding(EndingKind.YEARS, *years)
