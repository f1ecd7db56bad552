from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from kuule.limitation.limit_rule import (
    LimitRule,
    PeriodForm,
    PeriodStart,
    RuleBook,
    RuleStatus,
)
from kuule.limitation.rules_json import rule_book_from_json, rule_book_to_json
from kuule.register.data_model.answers import Clock, LimitForm
from kuule.register.data_model.country_values import CountryValues, LegalStatus, LegalValue
from kuule.register.data_model.whole_register import Register
from kuule.register.deadlines.register_rules import CRIMINAL_LIMITS, rule_book
from tests.register.made_registers import TODAY, made_limit, made_provision, made_settings, made_source, made_value
from tests.register.register_parts import COUNTRY_VALUES
from tests.sampling import examples

LAW = made_source(title="Penal Code", article="8:1")


def register_with(*values: LegalValue, **more: Any) -> Register:
    read = CountryValues.model_validate({"country": "FI", "provision": CRIMINAL_LIMITS, "values": values, **more})
    provision = made_provision(CRIMINAL_LIMITS)
    return Register(made_settings(), {provision.id: provision}, {}, {("FI", CRIMINAL_LIMITS): read})


def rules(*values: LegalValue, **more: Any) -> tuple[LimitRule, ...]:
    return rule_book(register_with(*values, **more), TODAY).countries["FI"].rules


def limit(name: str, form: str, article: str = "8:1", **more: Any) -> LegalValue:
    return made_value(name, made_limit(form, **more), source=made_source(title="Penal Code", article=article))


def test_words_of_rules_are_those_of_the_register() -> None:
    assert {*LimitForm} == {*PeriodForm} - {PeriodForm.UNCODED}
    assert {*Clock} == {*PeriodStart} - {PeriodStart.UNKNOWN}
    assert {*LegalStatus} - {LegalStatus.PROPOSED} == {*RuleStatus}


def test_value_becomes_a_rule_with_all_that_it_says() -> None:
    answer = made_limit(
        "not-before-age",
        clock="offence",
        years=[10, 20],
        earliest_end_age=28,
        shorter_in_circle_of_trust=False,
        retroactive=True,
    )
    value = made_value(
        "r1", answer, source=LAW, offences="other", in_force_from="2006-01", confirmed_by="FI coder", coded_by="draft"
    )
    (rule,) = rules(value)

    assert (rule.id, rule.says, rule.part, rule.status) == ("r1", "what the source says", "other", "in-force")
    assert (rule.form, rule.start, rule.years, rule.earliest_age) == ("not-before-age", "offence", (10, 20), 28)
    assert (rule.shorter_in_circle_of_trust, rule.retroactive, rule.in_force_year) == (False, True, 2006)
    assert (rule.source.kind, rule.source.title, rule.source.article) == ("statute", "Penal Code", "8:1")
    assert rule.confirmed
    assert rule.next_review == value.next_review


def test_value_that_nobody_has_coded_stays_without_a_form() -> None:
    (rule,) = rules(made_value("r1"))

    assert rule.form is PeriodForm.UNCODED


def test_bills_and_what_was_rejected_are_no_rules_and_older_law_is_one() -> None:
    found = rules(
        limit("law", "none"),
        made_value("bill", made_limit("none"), status="proposed"),
        made_value("old", made_limit("none"), status="repealed"),
        made_value("wrong", made_limit("none")),
        decisions=[{"on": "2026-11-20", "by": "coordinator", "rejects": ["wrong"], "keeps": ["law"], "why": "read"}],
    )

    assert [(one.id, one.status) for one in found] == [("law", "in-force"), ("old", "repealed")]


def test_country_of_which_nothing_was_read_has_no_rules() -> None:
    book = rule_book(register_with(limit("a", "none")), TODAY)

    assert {code: len(one.rules) for code, one in book.countries.items() if code != "FI"} == {
        code: 0 for code in made_settings().countries if code != "FI"
    }


def test_dispute_is_that_of_the_file_or_what_the_answers_differ_on() -> None:
    one = limit("a", "fixed-years", clock="majority", years=[10])
    other = made_value(
        "b", made_limit("fixed-years", clock="majority", years=[20]), source=made_source("press", "https://press.org/x")
    )

    assert rule_book(register_with(one, other, dispute="10 or 20"), TODAY).countries["FI"].dispute == "10 or 20"
    assert (
        rule_book(register_with(one, other), TODAY).countries["FI"].dispute.startswith("a and b contradict each other")
    )
    assert rule_book(register_with(one), TODAY).countries["FI"].dispute == ""


def test_start_in_one_paragraph_and_years_in_another_are_one_rule() -> None:
    start = limit("start", "fixed-years", "80(4)", clock="majority", clock_age=18)
    years = limit("years", "fixed-years", "80(1)", years=[20])
    (rule,) = rules(start, years)

    assert (rule.id, rule.joined, rule.source.article) == ("start+years", True, "80(4); 80(1)")
    assert (rule.start, rule.start_ages, rule.years) == (PeriodStart.MAJORITY, (18,), (20,))
    assert rule.says == "what the source says; what the source says"


@pytest.mark.parametrize(
    "years",
    [
        limit("years", "fixed-years", years=[20], clock="offence"),
        made_value("years", made_limit("fixed-years", years=[20]), source=made_source("press")),
        made_value("years", made_limit("fixed-years", years=[20]), source=made_source(address="https://other.org/law")),
        made_value("years", made_limit("fixed-years", years=[20]), source=made_source(copy_of="another copy")),
        limit("years", "outer-cap", years=[20]),
    ],
    ids=["another start", "press", "another law", "another copy", "a cap"],
)
def test_what_may_not_belong_together_stays_apart(years: LegalValue) -> None:
    start = limit("start", "fixed-years", clock="majority")

    assert [one.id for one in rules(start, years)] == ["start", "years"]
    assert not any(one.joined for one in rules(start, years))


def test_paragraphs_that_could_be_joined_in_two_ways_stay_apart() -> None:
    start = limit("start", "fixed-years", clock="majority")
    ten, twenty = limit("ten", "fixed-years", years=[10]), limit("twenty", "fixed-years", years=[20])

    assert [one.id for one in rules(start, ten, twenty)] == ["start", "ten", "twenty"]
    assert [one.id for one in rules(start, limit("late", "fixed-years", clock="age", clock_age=30), ten)] == [
        "start",
        "late",
        "ten",
    ]


@settings(max_examples=examples(150), deadline=None)
@given(COUNTRY_VALUES)
def test_any_values_become_rules_that_an_edition_can_hold(read: CountryValues) -> None:
    moved = read.model_copy(update={"country": "FI", "provision": CRIMINAL_LIMITS})
    provision = made_provision(CRIMINAL_LIMITS)
    book = rule_book(Register(made_settings(), {provision.id: provision}, {}, {("FI", CRIMINAL_LIMITS): moved}), TODAY)
    back = rule_book_from_json(rule_book_to_json(book))

    assert isinstance(back, RuleBook)
    assert back == book
    known = {one.id for rule in book.countries["FI"].rules for one in read.values if one.id in rule.id.split("+")}
    assert known <= {one.id for one in read.values if one.status is not LegalStatus.PROPOSED}
