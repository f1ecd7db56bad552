"""Finds questions that are asked if and only if one choice of another is chosen: `${q} = 'v'`, `selected(${q}, 'v')`.

A page can show such a question inside that choice. Questions with any other condition wait for the next page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.forms.model.expressions import Formula
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, Literal, OperatorChain, PathExpression


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question that decides, by its path without positions, and the value that must be chosen in it.

    `exclusive`: nothing else may be chosen with it (`${q} = 'v'`). In a select_one this is always so.
    """

    question: str
    value: str
    exclusive: bool


def find_follow_ups(relevant: Mapping[str, Formula]) -> dict[str, FollowUp]:
    """The follow-ups among these conditions, by path. Conditions of questions and of groups are treated alike."""
    found = {path: _follow_up(formula) for path, formula in relevant.items()}
    return {path: one for path, one in found.items() if one is not None}


def _follow_up(formula: Formula) -> FollowUp | None:
    expression = parse(formula.text)
    path, value = _selected(expression) or _equal(expression) or (None, "")
    reads = tuple(formula.reads)
    if path is None or not value or len(reads) != 1 or reads[0].includes_descendants or reads[0].has_predicate:
        return None
    if path.start is not None or any(step.predicates for step in path.steps):
        return None
    return FollowUp(reads[0].path, value, exclusive=isinstance(expression, OperatorChain))


def _selected(expression: Expression) -> tuple[PathExpression, str] | None:
    if not isinstance(expression, FunctionCall) or expression.name != "selected":
        return None
    match expression.arguments:
        case (PathExpression() as path, Literal() as literal):
            return path, literal.text
    return None


def _equal(expression: Expression) -> tuple[PathExpression, str] | None:
    if not isinstance(expression, OperatorChain) or len(expression.rest) != 1 or expression.rest[0][0] != "=":
        return None
    match (expression.first, expression.rest[0][1]):
        case (PathExpression() as path, Literal() as literal) | (Literal() as literal, PathExpression() as path):
            return path, literal.text
    return None
