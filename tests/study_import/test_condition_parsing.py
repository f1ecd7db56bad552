"""Conditions that programs write as text: what they mean, and why some cannot be said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.study_import.condition_parsing import MAX_DEPTH, AnswerWord, ConditionDialect, parse_condition
from kuule.study_import.conditions import AnswerComparison, Conjunction, Disjunction, NegatedCondition, Unsayable
from tests.sampling import examples


def find(word: str) -> AnswerWord | None:
    """Of Q there is everything, of B one box of several, of X nothing."""
    if word.startswith("B"):
        return AnswerWord("B", word[1:], frozenset({"Y"}))
    return AnswerWord(word) if word.startswith("Q") else None


DIALECT = ConditionDialect(r"[A-Z]\w*", find, frozenset({"is_empty"}))
ONE, TWO, THREE = (AnswerComparison(f"Q{n}", "=", str(n)) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("1", None),
        ('Q1 == "1"', ONE),
        ("'1' = Q1", ONE),
        ("Q1 eq 1", ONE),
        ("5 < Q1", AnswerComparison("Q1", ">", "5")),
        ("Q1 <> '1'", AnswerComparison("Q1", "!=", "1")),
        ("((Q1 == 1))", ONE),
        ("Q1 == 1 or Q2 == 2 && Q3 == 3", Disjunction((ONE, Conjunction((TWO, THREE))))),
        ("(Q1 == 1 || Q2 == 2) and Q3 == 3", Conjunction((Disjunction((ONE, TWO)), THREE))),
        ("!(Q1 == 1)", NegatedCondition(ONE)),
        ("not Q1 == 1", NegatedCondition(ONE)),
        ("is_empty(Q1)", AnswerComparison("Q1", "=", "")),
        ("!is_empty(Q1)", NegatedCondition(AnswerComparison("Q1", "=", ""))),
        ("Q1", AnswerComparison("Q1", "!=", "")),
        ('B1 == "Y"', AnswerComparison("B", "=", "1")),
        ('B1 != "Y"', NegatedCondition(AnswerComparison("B", "=", "1"))),
        ('B1 == ""', NegatedCondition(AnswerComparison("B", "=", "1"))),
    ],
)
def test_condition_means_the_same(text, meant):
    assert parse_condition(text, DIALECT) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("count(Q1, Q2) > 1", "it calls count()"),
        ("Q1 > 3 + 4", "it goes on with '+' where it should end"),
        ("X1 == 1", "it reads 'X1', which is no question that was taken"),
        ("Q1 == Q2", "it compares 'Q1' with 'Q2', and not an answer with a value"),
        ("Q1 ==", "it ends too early"),
        ("(Q1 == 1", "it ends too early"),
        ("Q1 == 1)", "it goes on with ')' where it should end"),
        ("B1 > 3", "it compares whether an answer was chosen by >"),
        ("'1'", "it has \"'1'\" where a comparison should be"),
        ("(" * 50 + "Q1 == 1" + ")" * 50, f"it is nested more than {MAX_DEPTH} deep"),
        ("x" * 30_000, "it is longer than 20,000 characters"),
    ],
)
def test_what_is_more_than_comparisons_says_why(text, why):
    with pytest.raises(Unsayable) as raised:
        parse_condition(text, DIALECT)
    assert str(raised.value) == why


@settings(max_examples=examples(200), deadline=None)
@given(st.text(alphabet="QB123 ()!=<>&|'\"andor,+.é\n", max_size=60))
def test_any_text_is_a_condition_or_cannot_be_said(text):
    with suppress(Unsayable):
        parse_condition(text, DIALECT)
