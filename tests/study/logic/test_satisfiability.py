"""What is proved of conditions, case by case; that no proof is ever wrong is in test_proofs_hold.py."""

import pytest

from tests.study.logic.rows import QUESTIONS, logic

LOGIC = logic()

NEVER = [
    "false()",
    "1 = 2",
    "'a' = 'b' or string-length('abc') > 3",
    "${one} = 'yess'",
    "${one} = 'yes' and ${one} = 'no'",
    "not(${one} = 'yes' or ${one} = 'no' or ${one} = '')",
    "selected(${some}, 'x')",
    "selected(${many}, 'x')",
    "selected(${ranked}, 'x')",
    "selected(${many}, 'a') and not(selected(${many}, 'a'))",
    "selected(${some}, 'a') and count-selected(${some}) = 0",
    "count-selected(${many}) > 7",
    "${whole} > 10 and ${whole} < 5",
    "10 < ${whole} and 5 > ${whole}",
    "${whole} > 1 and ${whole} < 2",
    "${whole} > 3000000000",
    "not(${whole} > 10) and ${whole} > 11",
    ". > 10 and . < 5",
    "string-length(.) > 5 and string-length(.) < 3",
    "${words} = 'x' and ${words} = 'y'",
    "${day} > '2020-01-01' and ${day} < date('2019-01-01')",
    "${span} > 5",
    "${whole} > ${real} and ${real} >= ${whole}",
    "if(${one} = 'yes', ${other} = 'a', false()) and ${one} = 'no'",
    "${one} = 'yes' and (${other} = 'a' or ${whole} > 5) and ${other} != 'a' and ${whole} < 3",
    "regex(., '[0-9]') and not(regex(., '[0-9]'))",
    "${inner} = 'maybe'",
]
ALWAYS = [
    "true()",
    "${one}",
    "${whole}",
    "${one} != 'yess'",
    "${one} = 'yes' or ${one} != 'yes'",
    "${whole} < 5 or not(${whole} < 5)",
    "count-selected(${some}) <= 3",
    "not(${inner} = 'maybe')",
]
NOTHING = [
    "${one} = 'yes'",
    "${one} = ''",
    "${real} > 1 and ${real} < 2",
    "${whole} > 1 and ${whole} < 3",
    "count-selected(${many}) > 6",
    "${one} = ${other}",
    "today() > '2000-01-01'",
    "random() < 2",
    "random() < 0.5 and not(random() < 0.5)",
    "${computed} = 'yess'",
    "${inner} = 'yes' and ${inner} = 'no'",
    "${day} > 18000 and ${day} < '2019-01-01'",
    "${whole} < 5 or ${whole} >= 5",
    "${nothing} = 'x' and false()",
    "${one} = ",
]


def proved(written):
    """Of a condition of the text question: "never", "always" or nothing."""
    goal = LOGIC.read(written, LOGIC.questionnaire.questions["words"])
    if goal is None:
        return ""
    return "never" * LOGIC.can_never_hold(goal) + "always" * LOGIC.must_always_hold(goal)


@pytest.mark.parametrize(
    ("written", "expected"),
    [*((text, "never") for text in NEVER), *((text, "always") for text in ALWAYS), *((text, "") for text in NOTHING)],
)
def test_condition_is_proved_or_nothing_is_said(written, expected):
    assert proved(written) == expected


def test_same_instance_of_a_repeat_is_one_node():
    goal = LOGIC.read("${inner} = 'yes' and . = 'no'", LOGIC.questionnaire.questions["inner"])
    assert LOGIC.can_never_hold(goal) is True


def never_asked(*rows):
    found = logic(*rows)
    return [
        row.name
        for row in found.questionnaire.rows
        if row.name and found.can_never_hold(*found.relevance_conditions(row))
    ]


def test_relevance_of_groups_around_counts():
    rows = ["begin_group | g | ${one} = 'yes'", "text | inside | ${one} = 'no'", "end_group"]
    assert never_asked(*QUESTIONS, *rows) == ["inside"]


def test_who_answered_was_asked():
    rows = ["text | first | ${one} = 'yes'", "text | second | ${first} != '' and ${one} = 'no'"]
    assert never_asked(*QUESTIONS, *rows) == ["second"]
    assert (
        never_asked(*QUESTIONS, "text | first | ${one} = 'yes'", "text | second | ${first} = '' and ${one} = 'no'")
        == []
    )


def test_default_and_other_are_answers_too():
    rows = ["select_one yn | with | | | | | maybe", "select_one yn or_other | more"]
    reading = ["text | t1 | ${with} = 'maybe'", "text | t2 | ${more} = 'other'", "text | t3 | ${with} = 'never'"]
    assert never_asked(*rows, *reading) == ["t3"]


def test_mutual_relevance_proves_nothing_of_the_other():
    rows = ["select_one yn | left | ${right} = 'yes'", "select_one yn | right | ${left} = 'no'"]
    assert never_asked(*rows, "text | t | ${left} = 'yes' and ${right} = 'no'") == []


def test_puzzle_that_takes_long_is_given_up():
    rows = [f"text | t{number}" for number in range(40)]
    either = " and ".join(f"(${{t{number}}} = 'a' or ${{t{number + 1}}} = 'a')" for number in range(39))
    neither = " and ".join(f"(${{t{number}}} = 'b' or ${{t{number + 1}}} = 'b')" for number in range(39))
    more = " and ".join(f"(${{t{number}}} = 'c' or ${{t{number + 1}}} = 'c')" for number in range(39))
    found = logic(*rows)
    goal = found.read(f"{either} and {neither} and {more}", found.questionnaire.questions["t0"])
    assert found.can_never_hold(goal) is False
