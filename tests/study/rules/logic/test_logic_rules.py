"""Rules on what can be proved of conditions: what each finds, with its row and column, and what it lets pass."""

import pytest

from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.rules.logic import (
    constant_conditions,
    slow_patterns,
    unacceptable_defaults,
    unknown_choices,
    unreachable_choices,
    unreachable_questions,
    unsatisfiable_constraints,
)
from tests.study.logic.rows import CHOICES, QUESTIONS, logic, questionnaire

HERE = f"form.md, survey, row {len(QUESTIONS) + 2}"
PLACES = """
| choices | | | | |
| | list_name | name | label | country |
| | country | fi | Finland | |
| | country | se | Sweden | |
| | town | oulu | Oulu | fi |
| | town | lund | Lund | se |
| | town | oslo | Oslo | no |
| | town | other | Another | |
"""


def said(rule, *rows):
    """(place, cause) of what a rule finds in the usual questions with rows after them."""
    return [(problem.place, problem.cause) for problem in rule.check(logic(*QUESTIONS, *rows))]


def test_usual_questions_keep_every_rule():
    rules = (
        unreachable_questions,
        unsatisfiable_constraints,
        constant_conditions,
        unreachable_choices,
        slow_patterns,
        unknown_choices,
    )
    assert [said(rule) for rule in rules] == [[]] * len(rules)


def test_question_that_can_never_be_asked_is_named():
    assert said(unreachable_questions, "text | t | ${whole} > 5 and ${whole} < 3") == [
        (f"{HERE}, relevant", "'t' can never be asked: its relevance can never be true")
    ]


@pytest.mark.parametrize(
    ("before", "relevant"),
    [
        ("integer | n | | . >= 0 and . <= 10", "${n} > 10"),
        ("date | d | | . > '2020-01-01'", "${d} < '2019-01-01'"),
        ("select_multiple abc | m | | count-selected(.) <= 1", "count-selected(${m}) = 2"),
        ("calculate | k | | | | 5", "${k} > 6"),
        ("calculate | k | | | | if(${one} = 'yes', 'a', if(${one} = 'no', 'b', ''))", "${k} = 'c'"),
    ],
)
def test_question_that_no_answer_of_another_can_lead_to_is_named(before, relevant):
    assert [cause for _, cause in said(unreachable_questions, before, f"text | t | {relevant}")] == [
        "'t' can never be asked: its relevance can never be true"
    ]


@pytest.mark.parametrize(
    ("before", "relevant"),
    [
        ("integer | n | | . != 0", "number(${n}) != 0"),
        ("integer | n | | . < ${whole}", "${n} > 10 and ${whole} < 5"),
        ("calculate | k | | | | if(${one} = 'yes', 'a', ${one})", "${k} = 'c'"),
        ("calculate | k | ${one} = 'no' | | | 5", "${k} = '' and ${one} = 'yes'"),
        ("calculate | k | | | | 0.5 + 0.5", "${k} = 1"),
    ],
)
def test_question_that_some_answer_may_lead_to_passes(before, relevant):
    rows = (before, f"text | t | {relevant}")
    assert (said(unreachable_questions, *rows), said(constant_conditions, *rows)) == ([], [])


def test_question_that_its_groups_exclude_is_named_with_the_group():
    rows = ["begin_group | g | ${one} = 'yes'", "text | t | ${one} = 'no'", "text | u | ${one} != 'no'", "end_group"]
    assert [cause for _, cause in said(unreachable_questions, *rows)] == [
        "'t' can never be asked: its relevance excludes that of the group 'g' around it"
    ]


def test_question_that_two_groups_exclude_together_is_named():
    rows = [
        "begin_group | g | ${one} = 'yes' or ${other} = 'a'",
        "begin_group | h | ${one} != 'yes'",
        "text | t | ${other} = 'b'",
        "end_group",
        "end_group",
    ]
    assert [cause for _, cause in said(unreachable_questions, *rows)] == [
        "'t' can never be asked: its relevance excludes that of the groups around it"
    ]


def test_group_that_is_never_shown_is_said_once():
    rows = ["begin_group | g | false()", "text | t | ${one} = 'no'", "note | n", "end_group"]
    assert [cause for _, cause in said(unreachable_questions, *rows)] == [
        "'g' can never be asked: its relevance can never be true"
    ]


def test_misspelt_choice_is_said_once_and_the_near_one_suggested():
    row = "text | t | ${one} = 'yess' or selected(${many}, 'x')"
    assert said(unreachable_questions, row) == said(constant_conditions, row) == []
    problems = list(unknown_choices.check(logic(*QUESTIONS, row)))
    assert [(problem.place, problem.cause, problem.remedy) for problem in problems] == [
        (f"{HERE}, relevant", "'one' has no choice 'yess'", "did you mean 'yes'?"),
        (f"{HERE}, relevant", "'many' has no choice 'x'", "its choices are a, b, c, d, e, f, g"),
    ]


@pytest.mark.parametrize(
    ("row", "causes"),
    [
        ("text | t | 'Yes' = ${one}", ["'one' has no choice 'Yes'"]),
        ("text | t | ${one} != 'maybe'", ["'one' has no choice 'maybe'"]),
        ("text | t | ${other} = 1", ["'other' has no choice '1'"]),
        ("text | t | ${some} = 'a x'", ["'some' has no choice 'x'"]),
        ("calculate | t | | | | if(${other} = 'd', 1, 0)", ["'other' has no choice 'd'"]),
        ("text | t | | ${inner} = 'maybe'", ["'inner' has no choice 'maybe'"]),
        ("text | t | ${one} = '' or ${some} = 'a b' or ${words} = 'yess' or ${computed} = 'yess'", []),
        ("text | t | selected(${some}, ${one})", []),
        ("text | t | selected(${ranked}, 'x') or ${ranked} = 'c a b'", ["'ranked' has no choice 'x'"]),
    ],
)
def test_comparison_with_a_choice_that_is_not_there_is_found_everywhere(row, causes):
    assert [cause for _, cause in said(unknown_choices, row)] == causes


def test_numbers_as_codes_are_compared_as_numbers():
    choices = CHOICES + "| | numbered | 1 | One |\n| | numbered | 02 | Two |\n"
    rows = ["select_one numbered | n", "text | t | ${n} = 1 or ${n} = 2", "text | u | ${n} = 3"]
    found = unknown_choices.check(ConditionLogic(questionnaire(*rows, choices=choices)))
    assert [problem.cause for problem in found] == ["'n' has no choice '3'"]


@pytest.mark.parametrize(
    "row",
    [
        "integer | n | | . > 10 and . < 5",
        "integer | n | | . > 1 and . < 2",
        "text | n | | string-length(.) > 5 and string-length(.) < 3",
        "select_one yn | n | | . != 'yes' and . != 'no'",
        "select_multiple abc | n | | count-selected(.) > 3",
        "date | n | | . > '2020-01-01' and . < '2019-01-01'",
        "select_one yn | n | ${one} = 'yes' | ${one} = 'no'",
        "text | n | | false()",
    ],
)
def test_constraint_that_no_answer_meets_is_refused(row):
    assert said(unsatisfiable_constraints, row) == [(f"{HERE}, constraint", "no answer to 'n' meets its constraint")]


@pytest.mark.parametrize(
    "row",
    [
        "integer | n | | . > 1 and . < 3",
        "decimal | n | | . > 1 and . < 2",
        "date | n | | . <= today()",
        "text | n | | regex(., '^$a')",
        "integer | n | | . > ${whole} and . < ${whole}",
        "select_multiple abc | n | | not(selected(., 'a') and count-selected(.) > 1)",
    ],
)
def test_constraint_that_some_answer_may_meet_passes(row):
    expected = row.startswith("integer | n | | . > $")
    assert [bool(found) for found in [said(unsatisfiable_constraints, row)]] == [expected]


@pytest.mark.parametrize(
    "row",
    [
        "integer | n | | . >= 0 and . <= 10 | | | 11",
        "integer | n | | . >= 0 | | | -1",
        "decimal | n | | . < 2 | | | 2.5",
        "date | n | | . > '2020-01-01' | | | 2019-12-31",
        "text | n | | regex(., '^[0-9]{4}$') | | | 12a4",
        "text | n | | string-length(.) > 3 | | | ab",
        "select_one abc | n | | . != 'a' | | | a",
        "select_multiple abc | n | | count-selected(.) < 2 | | | a b",
    ],
)
def test_default_that_does_not_meet_its_own_constraint_is_a_warning(row):
    default = row.rpartition(" | ")[2]
    [found] = unacceptable_defaults.check(logic(*QUESTIONS, row))
    assert (found.place, found.severity) == (f"{HERE}, default", "warning")
    assert found.cause == f"the default {default!r} of 'n' does not meet its constraint"


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("integer | n | | | | | abc", "the default 'abc' of 'n' is no integer"),
        ("decimal | n | | | | | 3,5", "the default '3,5' of 'n' is no decimal"),
        ("date | n | | | | | 31.12.2020", "the default '31.12.2020' of 'n' is no date"),
        ("time | n | | | | | 25:00:00", "the default '25:00:00' of 'n' is no time"),
        ("dateTime | n | | | | | 2026-11-24", "the default '2026-11-24' of 'n' is no date time"),
        ("select_one abc | n | | | | | d", "'n' has no choice 'd', its default"),
        ("select_multiple abc | n | | | | | a d", "'n' has no choice 'd', its default"),
        ("range | n | | | | | 99 | start=0 end=10", "the default '99' of 'n' is not on it"),
    ],
)
def test_default_that_its_question_cannot_take_is_a_warning(row, cause):
    assert said(unacceptable_defaults, row) == [(f"{HERE}, default", cause)]


@pytest.mark.parametrize(
    "row",
    [
        "integer | n | | | | | today()",
        "select_one abc or_other | n | | | | | other",
        "select_one_from_file towns.csv | n | | | | | oulu",
        "range | n | | | | | 7 | start=0 end=10",
        "time | n | | | | | 07:30:00.000",
        "dateTime | n | | | | | 2026-11-24T07:30:00.000",
        "date | n | | | | | date('2020-01-01')",
        "text | n | | | | | what-ever it is",
        "integer | n | | . >= 0 and . <= 10 | | | 10",
        "date | n | | . >= '2020-01-01' | | | 2020-01-01",
        "select_multiple abc | n | | not(selected(., 'c')) | | | a b",
        "integer | n | | . < ${whole} | | | 5",
        "date | n | | . <= today() | | | 2999-01-01",
        "integer | n | | . < 5 | | | 9 - 6",
        "integer | n | | . < 5 | | | 9-6",
        "integer | n | | . < 5 | | | 9 mod 4",
        "integer | n | | . < 5 | | | ${whole}",
        "integer | n | | . < 5 | | 7 | 9",
        "integer | n | | . < 5",
    ],
)
def test_default_that_meets_its_constraint_or_may_do_so_passes(row):
    assert said(unacceptable_defaults, row) == []


def test_part_that_decides_nothing_is_a_warning():
    rows = ["text | t | ${one}", "text | u | ${one} = 'yes' and (${whole} > 5 and ${whole} < 3 or ${other} = 'a')"]
    assert [cause for _, cause in said(constant_conditions, *rows)] == [
        "${one} is always true",
        "${whole} > 5 and ${whole} < 3 is never true",
    ]


def test_condition_that_reads_nothing_was_meant_so():
    assert said(constant_conditions, "text | t | true()", "text | u | 1 = 1 and ${one} = 'yes'") == []


def towns(filter_, country="select_one country | country"):
    found = logic(country, f"select_one town | town | | | {filter_}", choices=PLACES)
    return [(problem.severity, problem.cause) for problem in unreachable_choices.check(found)]


def test_choice_that_no_answer_lets_through_is_a_warning():
    assert towns("country = ${country}") == [("warning", "'town' never offers oslo, other")]


def test_filter_that_lets_nothing_through_is_refused():
    assert towns("country = 'dk'") == [("error", "no answer lets 'town' offer any choice")]
    assert towns("region = ${country}") == [("error", "no answer lets 'town' offer any choice")]


def test_filter_that_may_let_everything_through_passes():
    assert towns("country = ${country} or name = 'other' or ${country} = '' or selected(name, 'oslo')") == []
    assert towns("country = ${country}", "text | country") == [("warning", "'town' never offers other")]
    assert towns("not(country = ${country})") == []


@pytest.mark.parametrize(
    ("pattern", "slow"),
    [
        ("^([a-z]+)+$", True),
        ("(a|b*)*c", True),
        ("(?:x?y*)+", True),
        ("((ab)+)+", True),
        ("(a|a)+", True),
        ("(\\d{2,}){3,}", True),
        ("(a|b|ab)*", True),
        ("(a|a?)+", True),
        ("(.*,)*", True),
        ("(\\w+\\s?)*$", True),
        ("([^@]+|[^,])*", True),
        ("(?:a|[ab])+c", True),
        ("(.|\\n)*(x|.)*z", True),
        ("(a|ab)*", False),
        ("(a?)*", False),
        (".*.*.*", False),
        ("([a-z]+ )*[a-z]+", False),
        ("(?:[a-z]|[A-Z]|\\d|\\p{L})*", False),
        ("([a-z]+\\.)+[a-z]+", False),
        ("(ab)+", False),
        ("(a+){3}", False),
        ("[(+)+]+", False),
        ("\\(a+\\)+", False),
        ("^[0-9]{1,3}$", False),
        ("(", False),
    ],
)
def test_pattern_that_repeats_a_repetition_is_a_warning(pattern, slow):
    found = ConditionLogic(questionnaire("text | t")).questionnaire
    row = next(iter(found.rows))
    row.cells["constraint"] = f"regex(., '{pattern}')"
    problems = list(slow_patterns.check(ConditionLogic(found)))
    assert [problem.severity for problem in problems] == ["warning"] * slow
