"""A part of a condition that is never true, or always true, decides nothing: mostly a mistake in a name or an operator.

This is a warning: the form works as written, but perhaps not as intended. For example, `${a}` alone is always true,
whatever was answered (XPath 1.0, section 4.3: a set that has a node is true).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kuule.core.problems import Problem, Severity
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, OperatorChain
from kuule.study.logic.canonical import plain_paths
from kuule.study.logic.goals import Goal
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.logic.unparsing import unparse
from kuule.study.rules.logic import unknown_choices

CODE = "STUDY_319"

_COLUMNS = ("relevant", "constraint")


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a warning for each such relevance and constraint, whole or in part."""
    for row in logic.questionnaire.rows:
        if any(True for _ in unknown_choices.unknown_choice_problems(logic, row)):
            continue
        for column in _COLUMNS:
            goal = logic.condition(row, column)
            if goal is None or logic.can_never_hold(goal):
                continue
            for part, says in _idle(logic, goal):
                cause = f"{unparse(part.expression, row.path)} {says}"
                remedy = "write what is meant, for example a comparison, or leave that part out"
                yield Problem(CODE, f"{row.place}, {column}", cause, remedy, Severity.WARNING)


def _idle(logic: ConditionLogic, goal: Goal) -> Iterator[tuple[Goal, str]]:
    """The outermost parts that decide nothing. A part that reads no answer (`true()`) was written so on purpose."""
    if not plain_paths(goal.expression):
        return
    if logic.must_always_hold(goal):
        yield goal, "is always true"
    elif logic.can_never_hold(goal):
        yield goal, "is never true"
    else:
        for part in _parts(goal):
            yield from _idle(logic, part)


def _parts(goal: Goal) -> Iterator[Goal]:
    expression = goal.expression
    if isinstance(expression, OperatorChain) and expression.rest[0][0] in ("and", "or"):
        yield replace(goal, expression=expression.first)
        for _, operand in expression.rest:
            yield replace(goal, expression=operand)
    elif isinstance(expression, FunctionCall) and expression.name == "not" and expression.arguments:
        yield replace(goal, expression=expression.arguments[0])
