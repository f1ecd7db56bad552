"""Whether a standard is met: each test on each form of an answer, and what is unknown never counts as missed."""

from typing import Any

import pytest

from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import cells
from kuule.register.comparison.standards_met import StandardResult, standard_results
from kuule.register.data_model.country_values import LegalValue
from tests.register.made_registers import (
    TODAY,
    held_against,
    made_file,
    made_limit,
    made_provision,
    made_register,
    made_source,
    made_value,
)


def result(
    test: dict[str, Any], *values: LegalValue, kind: str = "time-limit", dispute: str | None = None, **provision: Any
) -> StandardResult:
    """What comes of holding these values against one test."""
    asked = made_provision(kind=kind, standards=[held_against(**test)], **provision)
    register = made_register(*([made_file(*values, dispute=dispute)] if values else []), provisions=(asked,))
    (found,) = standard_results(register, cells(register, TODAY)["FI", "limitation"])
    return found


def outcome(test: dict[str, Any], answer: dict[str, Any] | None, **more: Any) -> StandardOutcome:
    return result(test, made_value("v1", answer), **more).outcome


@pytest.mark.parametrize(
    ("form", "more", "expected"),
    [
        ("none", {}, StandardOutcome.MET),
        ("none-for-gravest", {}, StandardOutcome.PARTLY),
        ("fixed-years", {"years": ["20"]}, StandardOutcome.MISSED),
        ("until-age", {"until_age": "50"}, StandardOutcome.MISSED),
        ("not-before-age", {"earliest_end_age": "28"}, StandardOutcome.MISSED),
        ("suspended", {}, StandardOutcome.MISSED),
        ("prolonged", {}, StandardOutcome.MISSED),
        ("outer-cap", {}, StandardOutcome.MISSED),
        ("court-decides", {}, StandardOutcome.UNKNOWN),
    ],
)
def test_no_limit(form, more, expected):
    assert outcome({"no_limit": True}, made_limit(form, **more)) is expected


@pytest.mark.parametrize(
    ("age", "answer", "expected"),
    [
        (18, made_limit("none"), StandardOutcome.MET),
        (18, made_limit("fixed-years", clock="majority"), StandardOutcome.MET),
        (28, made_limit("fixed-years", clock="majority", years=["10"]), StandardOutcome.MET),
        (29, made_limit("fixed-years", clock="majority", years=["10"]), StandardOutcome.MISSED),
        (38, made_limit("fixed-years", clock="majority", years=["20", "10"]), StandardOutcome.PARTLY),
        (38, made_limit("fixed-years", clock="age", clock_age="28", years=["10"]), StandardOutcome.MET),
        (18, made_limit("fixed-years", clock="offence", years=["20"]), StandardOutcome.MET),
        (18, made_limit("fixed-years", clock="offence", years=["10"]), StandardOutcome.MISSED),
        (18, made_limit("fixed-years", clock="offence"), StandardOutcome.UNKNOWN),
        (21, made_limit("not-before-age", clock="offence", years=["3"], earliest_end_age="21"), StandardOutcome.MET),
        (18, made_limit("not-before-age", earliest_end_age="25"), StandardOutcome.MET),
        (
            30,
            made_limit("not-before-age", clock="offence", years=["20"], earliest_end_age="25"),
            StandardOutcome.MISSED,
        ),
        (50, made_limit("until-age", until_age="48"), StandardOutcome.MISSED),
        (48, made_limit("until-age", until_age="48"), StandardOutcome.MET),
        (18, made_limit("suspended", clock="majority"), StandardOutcome.MET),
        (20, made_limit("suspended", clock="majority"), StandardOutcome.UNKNOWN),
        (18, made_limit("court-decides"), StandardOutcome.UNKNOWN),
        (40, made_limit("court-decides", clock="majority", years=[30]), StandardOutcome.MET),
        (50, made_limit("court-decides", clock="majority", years=[30]), StandardOutcome.UNKNOWN),
        (50, made_limit("court-decides", until_age=40), StandardOutcome.UNKNOWN),
        (18, made_limit("fixed-years", clock="recovery", years=["3"]), StandardOutcome.UNKNOWN),
        (18, made_limit("none-for-gravest"), StandardOutcome.UNKNOWN),
    ],
)
def test_the_age_before_which_nothing_may_end(age, answer, expected):
    assert outcome({"ends_at_age_at_least": age}, answer) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (made_limit("none"), StandardOutcome.MET),
        (made_limit("fixed-years", clock="majority", years=["30"]), StandardOutcome.MET),
        (made_limit("fixed-years", clock="majority", years=["20"]), StandardOutcome.MISSED),
        (made_limit("fixed-years", clock="age", clock_age="30", years=["18", "20"]), StandardOutcome.MET),
    ],
)
def test_years_after_majority(answer, expected):
    assert outcome({"years_after_majority_at_least": 30}, answer) is expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"shorter_in_circle_of_trust": "true"}, StandardOutcome.MISSED),
        ({"shorter_in_circle_of_trust": "false"}, StandardOutcome.MET),
        ({}, StandardOutcome.UNKNOWN),
    ],
)
def test_not_shorter_in_the_circle_of_trust(more, expected):
    test = {"not_shorter_in_circle_of_trust": True}
    assert outcome(test, made_limit("fixed-years", **more)) is expected
    assert outcome(test, made_limit("none")) is StandardOutcome.MET


@pytest.mark.parametrize(
    ("age", "expected"),
    [("18", StandardOutcome.MET), (["14", "18"], StandardOutcome.PARTLY), ("14", StandardOutcome.MISSED)],
)
def test_an_age_that_is_not_lower(age, expected):
    assert outcome({"age_at_least": 16}, {"kind": "age", "age": age}, kind="age") is expected


@pytest.mark.parametrize(
    ("choice", "expected"), [("everyone", StandardOutcome.MET), ("nobody", StandardOutcome.MISSED)]
)
def test_one_of_the_choices(choice, expected):
    choices = [{"id": "everyone", "label": "Everyone"}, {"id": "nobody", "label": "Nobody"}]
    answer = {"kind": "choice", "choice": choice}
    assert outcome({"choice_is": ["everyone"]}, answer, kind="choice", choices=choices) is expected


@pytest.mark.parametrize(("done", "expected"), [("true", StandardOutcome.MET), ("false", StandardOutcome.MISSED)])
def test_something_that_has_happened(done, expected):
    assert outcome({"done": True}, {"kind": "date", "on": "2010-07-01", "done": done}, kind="date") is expected


def test_a_demand_without_a_test_is_for_people():
    found = result({}, made_value("v1", made_limit("none")))
    assert (found.outcome, found.why) == (StandardOutcome.NOT_TESTED, "a person has to compare this")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((), "nobody has read what the law in force says"),
        ((made_value("v1", made_limit("none"), status="proposed"),), "nobody has read what the law in force says"),
        ((made_value("v1"),), "what was read has not been coded"),
        (
            (made_value("v1", made_limit("none")), made_value("v2", made_limit("fixed-years"))),
            "the sources contradict each other, and it matters here",
        ),
        ((made_value("v1", made_limit("court-decides")),), "the coded answer does not say enough"),
    ],
)
def test_what_is_unknown_is_never_missed(values, why):
    apart = tuple(
        one.model_copy(update={"source": one.source.model_copy(update={"copy_of": one.id})}) for one in values
    )
    found = result({"no_limit": True}, *apart)
    assert (found.outcome, found.why) == (StandardOutcome.UNKNOWN, why)


def test_sources_that_contradict_each_other_may_still_agree_on_a_standard():
    values = (
        made_value("v1", made_limit("fixed-years", clock="majority", years=["20"])),
        made_value(
            "v2",
            made_limit("fixed-years", clock="age", clock_age="35"),
            source=made_source("press", "https://example.org/n"),
        ),
    )
    assert result({"ends_at_age_at_least": 18}, *values).outcome is StandardOutcome.MET


def test_parts_of_the_offences_make_the_whole():
    gravest = made_value("v1", made_limit("none"), offences="gravest")
    other = made_value("v2", made_limit("fixed-years", years=["10"]), offences="other")
    found = result({"no_limit": True}, gravest, other)
    assert found == StandardResult(
        found.held,
        StandardOutcome.PARTLY,
        "the gravest offences: the coded answer meets it; other offences: the coded answer falls short of it",
    )


@pytest.mark.parametrize("form", ["none", "fixed-years"])
def test_of_a_part_alone_the_whole_stays_unknown(form):
    found = result({"no_limit": True}, made_value("v1", made_limit(form), offences="gravest"))
    assert (found.outcome, found.why.rpartition("; ")[2]) == (
        StandardOutcome.UNKNOWN,
        "for other offences nothing is known",
    )


def test_none_for_the_gravest_says_that_others_have_a_limit():
    found = result({"no_limit": True}, made_value("v1", made_limit("none-for-gravest")))
    assert (found.outcome, found.why) == (
        StandardOutcome.PARTLY,
        "the gravest offences: the coded answer meets it; other offences: the coded answer falls short of it",
    )


def test_sources_that_are_disputed_in_words_only_may_agree_on_a_standard():
    gravest = made_value("v1", made_limit("none"), offences="gravest")
    other = made_value("v2", made_limit("fixed-years", years=["10"]), offences="other")
    assert result({"no_limit": True}, gravest, other, dispute="the press says more").outcome is StandardOutcome.PARTLY
