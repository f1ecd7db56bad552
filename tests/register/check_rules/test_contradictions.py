"""When two readings cannot both be right, and when they are only different parts or different words of one rule."""

from typing import Any

import pytest
from hypothesis import given, settings

from kuule.register.check_rules.contradictions import contradictions
from tests.register.made_registers import TODAY, made_file, made_limit, made_source, made_value
from tests.register.register_parts import ANSWERS
from tests.sampling import examples


def about(one: dict[str, Any] | None, other: dict[str, Any] | None, **more: Any) -> list[str]:
    """On what two values differ that were read in two texts; `offences` says of both what they are about."""
    parts = more.pop("offences", ("all", "all"))
    values = (
        made_value("v1", one, offences=parts[0], source=made_source(address="https://example.org/one")),
        made_value("v2", other, offences=parts[1], source=made_source(address="https://example.org/other")),
    )
    return [found.about for found in contradictions(made_file(*values, **more), TODAY, 18)]


MAJORITY_20 = made_limit("fixed-years", clock="majority", years=["20"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (made_limit("none"), MAJORITY_20, "whether there is a time limit"),
        (made_limit("none"), made_limit("none-for-gravest", years=["20"]), "whether there is a time limit"),
        (made_limit("none-for-gravest"), MAJORITY_20, "whether there is a time limit"),
        (made_limit("none-for-gravest"), made_limit("none"), "whether there is a time limit"),
        (MAJORITY_20, made_limit("fixed-years", clock="offence", years=["20"]), "when the clock starts"),
        (made_limit("fixed-years", clock="age", clock_age="35"), MAJORITY_20, "when the clock starts"),
        (MAJORITY_20, made_limit("fixed-years", clock="majority", years=["25"]), "how many years it runs"),
        (MAJORITY_20, made_limit("until-age", until_age="40"), "at which age it ends"),
        (
            made_limit("until-age", until_age="40"),
            made_limit("until-age", until_age="50"),
            "at which age it ends",
        ),
        (
            made_limit("not-before-age", earliest_end_age="23"),
            made_limit("not-before-age", earliest_end_age="25"),
            "at which age it ends",
        ),
        (MAJORITY_20, made_limit("not-before-age", earliest_end_age="40"), "at which age it ends"),
        (
            made_limit("prolonged", retroactive="true"),
            made_limit("prolonged", retroactive="false"),
            "whether it reaches back",
        ),
        ({"kind": "age", "age": "14"}, {"kind": "age", "age": "16"}, "the age"),
        (
            {"kind": "age", "age": "16", "close_in_age": "true"},
            {"kind": "age", "age": "16", "close_in_age": "false"},
            "whether there is an exception for those close in age",
        ),
        (
            {"kind": "age", "age": "14", "until": "15"},
            {"kind": "age", "age": "14", "until": "16"},
            "up to which age it goes",
        ),
        ({"kind": "choice", "choice": "yes"}, {"kind": "choice", "choice": "no"}, "which of the choices it is"),
        ({"kind": "date", "on": "2010-05"}, {"kind": "date", "done": "false"}, "whether it has happened"),
        ({"kind": "date", "on": "2010-05"}, {"kind": "date", "on": "2011"}, "when it happened"),
        ({"kind": "date", "on": "2018-06-20"}, {"kind": "date", "by": "2017-11"}, "when it happened"),
    ],
)
def test_two_texts_that_cannot_both_be_right(one, other, expected):
    assert (about(one, other), about(other, one)) == ([expected], [expected])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, MAJORITY_20),
        (MAJORITY_20, MAJORITY_20),
        (MAJORITY_20, made_limit("fixed-years", clock="age", clock_age="18", years=["20"])),
        (MAJORITY_20, made_limit("until-age", until_age="38")),
        (MAJORITY_20, made_limit("fixed-years", clock="majority", years=["20", "10"])),
        (MAJORITY_20, made_limit("fixed-years", clock="majority", years={"shortest": "3", "longest": "25"})),
        (MAJORITY_20, made_limit("fixed-years", clock="other", years=["30"])),
        (MAJORITY_20, made_limit("not-before-age", earliest_end_age="28")),
        (MAJORITY_20, made_limit("suspended")),
        (made_limit("none"), made_limit("none")),
        ({"kind": "age", "age": "15"}, {"kind": "age", "age": ["15", "18"]}),
        ({"kind": "date", "on": "2010-05"}, {"kind": "date", "on": "2010-05-12"}),
        ({"kind": "date", "on": "2010-05-12"}, {"kind": "date", "by": "2017-11"}),
        ({"kind": "date", "on": "2017-11-03"}, {"kind": "date", "by": "2017-11"}),
        ({"kind": "text", "summary": "one thing"}, {"kind": "text", "summary": "another thing"}),
    ],
)
def test_two_texts_that_may_both_be_right(one, other):
    assert (about(one, other), about(other, one)) == ([], [])


@pytest.mark.parametrize(
    ("offences", "expected"),
    [
        (("all", "gravest"), True),
        (("gravest", "gravest"), True),
        (("all", "some"), True),
        (("gravest", "other"), False),
        (("images", "other"), False),
        (("some", "gravest"), False),
        (("some", "some"), False),
    ],
)
def test_only_overlapping_offences_contradict(offences, expected):
    assert bool(about(made_limit("none"), MAJORITY_20, offences=offences)) is expected


def test_none_for_the_gravest_says_nothing_of_the_others():
    assert about(made_limit("none-for-gravest"), MAJORITY_20, offences=("all", "other")) == []


@pytest.mark.parametrize("status", ["proposed", "repealed", "unclear"])
def test_only_what_is_in_force_contradicts(status):
    values = (
        made_value("v1", made_limit("none")),
        made_value("v2", MAJORITY_20, status=status, source=made_source(address="https://example.org/other")),
    )
    assert contradictions(made_file(*values), TODAY, 18) == ()


def test_articles_of_one_text_are_parts_of_one_rule():
    values = (made_value("v1", made_limit("none")), made_value("v2", MAJORITY_20))
    assert contradictions(made_file(*values), TODAY, 18) == ()


def test_one_text_cannot_choose_twice():
    values = (
        made_value("v1", {"kind": "choice", "choice": "yes"}),
        made_value("v2", {"kind": "choice", "choice": "no"}),
    )
    assert [found.about for found in contradictions(made_file(*values), TODAY, 18)] == ["which of the choices it is"]


def test_files_of_one_repository_are_different_texts():
    values = (
        made_value("v1", made_limit("none"), source=made_source(copy_of="one.md")),
        made_value("v2", MAJORITY_20, source=made_source(copy_of="other.md")),
    )
    assert len(contradictions(made_file(*values), TODAY, 18)) == 1


def test_a_rejected_value_contradicts_nothing():
    decision = {"on": "2026-11-21", "by": "coordinator", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}
    assert about(made_limit("none"), MAJORITY_20, decisions=[decision]) == []


@settings(max_examples=examples(300), deadline=None)
@given(ANSWERS, ANSWERS)
def test_who_is_named_first_makes_no_difference(one, other):
    assert about(one, other) == about(other, one)


@settings(max_examples=examples(100), deadline=None)
@given(ANSWERS)
def test_an_answer_never_contradicts_itself(answer):
    assert about(answer, answer) == []


def test_no_limit_for_the_gravest_and_years_for_others_agrees_with_a_law_that_says_so_article_by_article():
    both = made_limit("none-for-gravest", clock="majority", years=["30"])
    thirty = made_limit("fixed-years", clock="majority", years=["30"])
    assert about(both, thirty, offences=("all", "other")) == []
    assert about(both, MAJORITY_20, offences=("all", "other")) == ["how many years it runs"]


def test_a_hundred_sources_of_two_answers_are_one_contradiction():
    texts = [made_source(address=f"https://example.org/{number}") for number in range(100)]
    values = [
        made_value(f"v{number}", made_limit("none") if number % 2 else MAJORITY_20, source=text)
        for number, text in enumerate(texts)
    ]
    found = contradictions(made_file(*values), TODAY, 18)
    assert [(one.one.id, one.other.id) for one in found] == [("v0", "v1")]


def test_two_texts_contradict_each_other_though_one_text_says_both():
    one, other = made_limit("none"), MAJORITY_20
    values = (
        made_value("v1", one),
        made_value("v2", other),
        made_value("v3", other, source=made_source(address="https://example.org/other")),
    )
    found = contradictions(made_file(*values), TODAY, 18)
    assert [(pair.one.id, pair.other.id) for pair in found] == [("v1", "v3")]


def test_an_age_for_some_offences_leaves_the_general_age_as_it_is():
    general, in_families = {"kind": "age", "age": "14"}, {"kind": "age", "age": "18"}
    assert about(general, in_families, offences=("all", "some")) == []
    assert about(general, in_families, offences=("some", "all")) == []
