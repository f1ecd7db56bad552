"""Conditions in words: with the labels of questions and choices, and as they are written where there are no words."""

from __future__ import annotations

import pytest

from kuule.booklet.booklet_document import BookletSpan
from kuule.booklet.route_words import NamedQuestion, RouteWords
from kuule.forms.model.expressions import compile_formula
from kuule.forms.xpath.runtime.evaluation_context import StaticContext

QUESTIONS = {
    "/data/told": NamedQuestion(1, "Had you told anyone?", {"yes": "Yes", "no": "No"}),
    "/data/kinds": NamedQuestion(2, "Which of these?", {"images": "Images", "other": "Another kind"}, several=True),
    "/data/age": NamedQuestion(3, "How old are you?"),
    "/data/word": NamedQuestion(4, "x" * 40 + " " + "y" * 40),
}
ROUTE = RouteWords("en", QUESTIONS, {"/data/sum": "sum"})


def said(expression: str, context: str = "/data/here") -> str:
    formula = compile_formula(expression, StaticContext(node_path=context))
    return "".join(span.text for span in ROUTE.condition(formula, context))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("/data/told = 'yes'", "question 1 (“Had you told anyone?”) is “Yes”"),
        ("'yes' = /data/told", "question 1 (“Had you told anyone?”) is “Yes”"),
        ("/data/told != 'yes'", "question 1 (“Had you told anyone?”) is not “Yes”"),
        ("not(/data/told = 'yes')", "question 1 (“Had you told anyone?”) is not “Yes”"),
        ("/data/told = ''", "question 1 (“Had you told anyone?”) has no answer"),
        ("/data/told != ''", "question 1 (“Had you told anyone?”) has an answer"),
        ("string-length(/data/word) > 0", f"question 4 (“{'x' * 40}…”) has an answer"),
        ("/data/told = 'gone'", "question 1 (“Had you told anyone?”) is “gone”"),
        ("selected(/data/kinds, 'images')", "“Images” is among the answers to question 2 (“Which of these?”)"),
        ("not(selected(/data/kinds, 'images'))", "“Images” is not among the answers to question 2 (“Which of these?”)"),
        ("/data/kinds = 'images'", "question 2 (“Which of these?”) is only “Images”"),
        ("count-selected(/data/kinds) > 1", "question 2 (“Which of these?”) has more than 1 choices"),
        ("count-selected(/data/kinds) = 0", "question 2 (“Which of these?”) has no answer"),
        ("/data/age >= 18", "question 3 (“How old are you?”) is 18 or more"),
        ("18 > /data/age", "question 3 (“How old are you?”) is less than 18"),
        ("../age <= -1", "question 3 (“How old are you?”) is -1 or less"),
        ("/data/age = /data/sum", "question 3 (“How old are you?”) is the same as the calculation sum"),
        ("true()", "always"),
        ("not(true())", "never"),
        (
            "/data/told = 'yes' and (/data/told = '' or /data/age > 3)",
            "question 1 (“Had you told anyone?”) is “Yes” and"
            " (question 1 has no answer or question 3 (“How old are you?”) is more than 3)",
        ),
        (
            "not(/data/told = 'yes' or selected(/data/kinds, 'other'))",
            "question 1 (“Had you told anyone?”) is not “Yes” and"
            " “Another kind” is not among the answers to question 2 (“Which of these?”)",
        ),
    ],
)
def test_condition_in_words(expression: str, words: str) -> None:
    assert said(expression) == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("/data/age + 1 > 3", "the expression ${age} + 1 > 3 is true"),
        ("regex(/data/word, '^a')", "the expression regex(${word}, '^a') is true"),
        ("not(/data/age < 5)", "the expression not(${age} < 5) is true"),
        ("/data/told = 'yes' and position(..) > 1", "the expression ${told} = 'yes' and position(..) > 1 is true"),
        ("/data/unknown = 'yes'", "the expression ${unknown} = 'yes' is true"),
        ("/data/told > 'a'", "the expression ${told} > 'a' is true"),
        ("count(/data/age[. > 3]) > 1", "the expression count(${age}[. > 3]) > 1 is true"),
    ],
)
def test_condition_without_words_stays_as_it_is_written(expression: str, words: str) -> None:
    assert said(expression) == words


def test_the_answer_itself() -> None:
    assert said(". >= 0 and . <= 120", "/data/age") == "the answer is 0 or more and the answer is 120 or less"


def test_labels_have_their_language() -> None:
    route = RouteWords("ar", QUESTIONS)
    formula = compile_formula("/data/told = 'yes'", StaticContext(node_path="/data/here"))
    assert route.condition(formula, "/data/here") == (
        BookletSpan("question 1 (“"),
        BookletSpan("Had you told anyone?", "ar"),
        BookletSpan("”) is “"),
        BookletSpan("Yes", "ar"),
        BookletSpan("”"),
    )
