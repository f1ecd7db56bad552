"""A condition must compare with an answer that the question has: `${a} = 'yess'` would be false for everyone."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, Literal, Number, OperatorChain
from kuule.forms.xpath.runtime.values import format_number
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.logic.canonical import plain_path, subexpressions
from kuule.study.logic.expression_columns import row_goals
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.logic.variables import ConditionVariable

CODE = "STUDY_320"


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a problem for each unknown answer in any expression of any row."""
    for row in logic.questionnaire.rows:
        yield from dict.fromkeys(unknown_choice_problems(logic, row))


def unknown_choice_problems(logic: ConditionLogic, row: QuestionnaireRow) -> Iterator[Problem]:
    """`=`, `!=`, `selected()` and `jr:choice-name()` between a select and a text that is not one of its choices."""
    for column, goal in row_goals(logic, row):
        for question, value in _compared(logic, goal.expression, row.path):
            choices = sorted(question.choices or ())
            remedy = did_you_mean(value, choices, f"its choices are {_listed(choices)}")
            cause = f"{question.row.name!r} has no choice {value!r}"
            yield Problem(CODE, f"{row.place}, {column}", cause, remedy)


def _compared(logic: ConditionLogic, expression: Expression, context: str) -> Iterator[tuple[ConditionVariable, str]]:
    for part in subexpressions(expression):
        for select, value in _pairs(part):
            path = plain_path(select)
            question = logic.find(path, context) if path is not None else None
            if question is not None and question.choices is not None:
                yield from ((question, one) for one in _missing(question, value))


def _pairs(part: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(part, OperatorChain) and len(part.rest) == 1 and part.rest[0][0] in ("=", "!="):
        yield part.first, part.rest[0][1]
        yield part.rest[0][1], part.first
    elif isinstance(part, FunctionCall) and part.name == "selected" and len(part.arguments) == 2:
        yield part.arguments[0], part.arguments[1]


def _missing(question: ConditionVariable, value: Expression) -> Iterator[str]:
    choices = question.choices or frozenset()
    if isinstance(value, Number):
        written = format_number(value.value)
        if written not in choices and not any(_same_number(choice, value.value) for choice in choices):
            yield written
    elif isinstance(value, Literal):
        texts = value.text.split() if question.takes_several else [value.text.strip()]
        yield from (text for text in texts if text and text not in choices)


def _same_number(choice: str, number: float) -> bool:
    try:
        return float(choice) == number
    except ValueError:
        return False


def _listed(choices: list[str]) -> str:
    return f"{', '.join(choices[:8])}{', …' if len(choices) > 8 else ''}"
