"""Who would find nobody to turn to: countries, languages, people who are too young."""

from dataclasses import replace
from datetime import date

import pytest

from kuule.helplines.coverage import coverage_gaps
from kuule.helplines.service import Service, ServiceKind

SWEDISH = Service("SE", "A line", ServiceKind.SURVIVOR, phone="1", languages=("sv",), checked_on=date(2026, 10, 1))
FINNISH = replace(SWEDISH, country="FI", name="Another", kind=ServiceKind.CRISIS, languages=("fi", "sv"))
ANYWHERE = replace(SWEDISH, country="ZZ", name="A finder", kind=ServiceKind.CRISIS, languages=())


def places(*services, countries=(), languages=("sv",), minimum_age=0):
    found = coverage_gaps(services, countries=countries, languages=languages, minimum_age=minimum_age)
    return [gap.place for gap in found]


def test_one_service_for_any_country_is_enough_for_everybody():
    assert places(ANYWHERE, countries=("SE", "FI"), languages=("sv", "ar"), minimum_age=18) == []


def test_without_one_each_served_country_needs_its_own():
    assert places(SWEDISH, countries=("SE", "FI")) == ["country FI"]
    assert places(SWEDISH, FINNISH, countries=("SE", "FI")) == []


def test_without_one_a_study_that_names_no_country_is_for_the_whole_world():
    assert places(SWEDISH, FINNISH) == ["everywhere"]
    assert places() == ["everywhere", "language sv"]


@pytest.mark.parametrize(
    ("tag", "missing"), [("sv", []), ("sv-FI", []), ("fi", []), ("ar", ["language ar"]), ("s", ["language s"])]
)
def test_without_one_each_language_needs_a_service_that_speaks_it(tag, missing):
    assert places(SWEDISH, FINNISH, countries=("SE", "FI"), languages=(tag,)) == missing


def test_people_too_young_need_a_line_for_children_or_for_a_crisis():
    assert places(SWEDISH, countries=("SE",), minimum_age=18) == ["people too young"]
    assert places(SWEDISH, FINNISH, countries=("SE", "FI"), minimum_age=18) == ["people too young"]
    both = (SWEDISH, FINNISH, replace(SWEDISH, name="For children", kind=ServiceKind.CHILD))
    assert places(*both, countries=("SE", "FI"), minimum_age=18) == []
    assert places(replace(ANYWHERE, kind=ServiceKind.SURVIVOR), minimum_age=18) == ["people too young"]
