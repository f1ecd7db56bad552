"""Who would find nobody to turn to: countries, kinds, genders, languages; and editions from before there were kinds."""

from dataclasses import replace
from datetime import date

import pytest

from kuule.helplines.coverage import (
    HelpDemand,
    HelpWaiver,
    any_country_gaps,
    coverage_gaps,
    genders_covered,
    missing_kinds,
)
from kuule.helplines.service import BOTH_GENDERS, GenderServed, Service, ServiceAudience, ServiceKind

SWEDISH = Service(
    "SE",
    "A line",
    ServiceKind.SURVIVOR,
    phone="1",
    languages=("sv",),
    checked_on=date(2026, 10, 1),
    gender=GenderServed.ANY,
)
FINNISH = replace(SWEDISH, country="FI", name="Another", kind=ServiceKind.CRISIS, languages=("fi", "sv"))
ANYWHERE = replace(SWEDISH, country="ZZ", name="A finder", kind=ServiceKind.CRISIS, languages=())
WOMEN, MEN = BOTH_GENDERS


def gaps(*services, countries=("SE",), kinds=(ServiceKind.SURVIVOR,), languages=("sv",), waivers=()):
    demand = HelpDemand(countries, kinds, languages, waivers)
    return [(gap.place, gap.cause) for gap in coverage_gaps(services, demand)]


def test_directory_of_any_country_stands_in_for_no_country():
    [(place, cause)] = gaps(ANYWHERE, kinds=(ServiceKind.SURVIVOR, ServiceKind.CRISIS))
    assert place == "country SE"
    assert cause == "in SE no service of the kind survivor, crisis has been checked by a person lately"


def test_each_country_needs_each_kind():
    kinds = (ServiceKind.SURVIVOR, ServiceKind.CRISIS)
    assert [place for place, _ in gaps(SWEDISH, FINNISH, countries=("SE", "FI"), kinds=kinds)] == [
        "country SE",
        "country FI",
    ]
    both = [
        replace(one, kind=kind, country=country) for one in (SWEDISH,) for kind in kinds for country in ("SE", "FI")
    ]
    assert gaps(*both, countries=("SE", "FI"), kinds=kinds) == []


def test_line_for_women_leaves_men_without_one_and_two_lines_leave_nobody():
    women = replace(SWEDISH, gender=GenderServed.WOMEN)
    assert gaps(women) == [
        ("country SE", "in SE no service of the kind survivor for men has been checked by a person lately")
    ]
    assert gaps(women, replace(women, name="For men", gender=GenderServed.MEN)) == []


def test_service_that_does_not_say_whom_it_takes_covers_nobody():
    assert genders_covered([replace(SWEDISH, gender=GenderServed.NOT_SAID)], "SE", ServiceKind.SURVIVOR) == frozenset()


@pytest.mark.parametrize("only", [ServiceAudience.HURT_AS_ADULTS, ServiceAudience.SOON_AFTER])
def test_service_that_sends_away_who_was_hurt_as_a_child_is_none_for_survivors(only):
    assert [place for place, _ in gaps(replace(SWEDISH, audience=(only,)))] == ["country SE"]


def test_what_is_waived_in_writing_is_not_missing():
    waiver = HelpWaiver(
        "SE", ServiceKind.SURVIVOR, GenderServed.MEN, "none was found", "research lead", date(2026, 11, 1)
    )
    demand = HelpDemand(("SE", "FI"), (ServiceKind.SURVIVOR,), (), (waiver,))
    assert missing_kinds((), demand, "SE") == {ServiceKind.SURVIVOR: (WOMEN,)}
    assert missing_kinds((), demand, "FI") == {ServiceKind.SURVIVOR: (WOMEN, MEN)}
    whole = replace(demand, waivers=(replace(waiver, gender=GenderServed.ANY),))
    assert missing_kinds((), whole, "SE") == {}


def test_study_that_names_no_country_has_a_gap_for_that():
    assert [place for place, _ in gaps(SWEDISH, ANYWHERE, countries=())] == ["everywhere"]


@pytest.mark.parametrize(
    ("tag", "missing"), [("sv", []), ("sv-FI", []), ("fi", []), ("ar", ["language ar"]), ("s", ["language s"])]
)
def test_each_language_needs_a_service_that_speaks_it(tag, missing):
    finnish = replace(FINNISH, kind=ServiceKind.SURVIVOR)
    found = gaps(SWEDISH, finnish, countries=("SE", "FI"), languages=(tag,))
    assert [place for place, _ in found] == missing
    assert gaps(SWEDISH, finnish, ANYWHERE, countries=("SE", "FI"), languages=(tag,)) == []


def places(*services, countries=(), languages=("sv",), minimum_age=0):
    found = any_country_gaps(services, countries=countries, languages=languages, minimum_age=minimum_age)
    return [gap.place for gap in found]


def test_before_one_service_for_any_country_was_enough_for_everybody():
    assert places(ANYWHERE, countries=("SE", "FI"), languages=("sv", "ar"), minimum_age=18) == []


def test_before_without_one_each_served_country_needs_its_own():
    assert places(SWEDISH, countries=("SE", "FI")) == ["country FI"]
    assert places(SWEDISH, FINNISH, countries=("SE", "FI")) == []


def test_before_without_one_a_study_that_names_no_country_is_for_the_whole_world():
    assert places(SWEDISH, FINNISH) == ["everywhere"]
    assert places() == ["everywhere", "language sv"]


@pytest.mark.parametrize(
    ("tag", "missing"), [("sv", []), ("sv-FI", []), ("fi", []), ("ar", ["language ar"]), ("s", ["language s"])]
)
def test_before_without_one_each_language_needed_a_service_that_speaks_it(tag, missing):
    assert places(SWEDISH, FINNISH, countries=("SE", "FI"), languages=(tag,)) == missing


def test_before_people_too_young_needed_a_line_for_children_or_for_a_crisis():
    assert places(SWEDISH, countries=("SE",), minimum_age=18) == ["people too young"]
    assert places(SWEDISH, FINNISH, countries=("SE", "FI"), minimum_age=18) == ["people too young"]
    both = (SWEDISH, FINNISH, replace(SWEDISH, name="For children", kind=ServiceKind.CHILD))
    assert places(*both, countries=("SE", "FI"), minimum_age=18) == []
    assert places(replace(ANYWHERE, kind=ServiceKind.SURVIVOR), minimum_age=18) == ["people too young"]
