"""Conditions as they are written in the form, and what cannot be said."""

from __future__ import annotations

import pytest

from kuule.study_import.conditions import (
    AnswerComparison,
    Conjunction,
    Disjunction,
    FormQuestion,
    NegatedCondition,
    Unsayable,
    WrittenExpression,
    condition_xpath,
)

QUESTIONS = {
    "Q-1": FormQuestion("Q_1", "select_one", frozenset({"A1", "A2"})),
    "boxes": FormQuestion("boxes", "select_multiple", frozenset({"1", "2"})),
    "age": FormQuestion("age", "integer"),
    "word": FormQuestion("word", "text"),
}
FIRST = AnswerComparison("Q-1", "=", "A1")
BOX = AnswerComparison("boxes", "=", "2")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (FIRST, "${Q_1} = 'A1'"),
        (AnswerComparison("Q-1", "!=", "A1"), "${Q_1} != 'A1'"),
        (BOX, "selected(${boxes}, '2')"),
        (AnswerComparison("boxes", "!=", "2"), "not(selected(${boxes}, '2'))"),
        (AnswerComparison("age", ">=", "18"), "${age} >= 18"),
        (AnswerComparison("age", "=", "18"), "${age} = 18"),
        (AnswerComparison("word", "=", "18"), "${word} = '18'"),
        (AnswerComparison("word", "=", "it's"), '${word} = "it\'s"'),
        (AnswerComparison("age", "!=", ""), "${age} != ''"),
        (NegatedCondition(Disjunction((FIRST, BOX))), "not(${Q_1} = 'A1' or selected(${boxes}, '2'))"),
        (
            Conjunction((FIRST, Disjunction((BOX, FIRST)))),
            "${Q_1} = 'A1' and (selected(${boxes}, '2') or ${Q_1} = 'A1')",
        ),
        (Conjunction((FIRST, WrittenExpression("${age} > 3 or true()"))), "${Q_1} = 'A1' and (${age} > 3 or true())"),
    ],
)
def test_condition_is_written_with_the_names_of_the_form(condition, said):
    assert condition_xpath(condition, QUESTIONS.get) == said


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (AnswerComparison("gone", "=", "1"), "it reads 'gone', which is not in the form"),
        (WrittenExpression("${gone} = 1"), "it reads 'gone', which is not in the form"),
        (AnswerComparison("Q-1", "=", "A9"), "it compares with 'A9', which is no answer of 'Q_1'"),
        (AnswerComparison("word", "<", "b"), "it compares texts by <"),
        (AnswerComparison("word", "=", "'\""), "it compares with a text that has both kinds of quotes"),
    ],
)
def test_what_cannot_be_said_says_why(condition, why):
    with pytest.raises(Unsayable) as raised:
        condition_xpath(condition, QUESTIONS.get)
    assert str(raised.value) == why
