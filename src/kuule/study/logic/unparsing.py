"""An expression as its author would write it: `${name}` for a question, straight quotes, and only the brackets that it
needs."""

from __future__ import annotations

from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FunctionCall,
    Literal,
    Negation,
    Number,
    OperatorChain,
    PathExpression,
)
from kuule.forms.xpath.runtime.values import format_number
from kuule.study.logic.canonical import plain_path

_TIGHTNESS = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5}
_LONGEST = 100


def unparse(expression: Expression, context: str) -> str:
    """The expression as text for a Problem, shortened if it is long. `.` is the node at `context`."""
    text = _worded(expression, context)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _worded(expression: Expression, context: str) -> str:
    if isinstance(expression, Literal):
        return f"'{expression.text}'"
    if isinstance(expression, Number):
        return format_number(expression.value)
    if isinstance(expression, FunctionCall):
        return f"{expression.name}({', '.join(_worded(one, context) for one in expression.arguments)})"
    if isinstance(expression, Negation):
        return "-" * expression.times + _worded(expression.operand, context)
    if isinstance(expression, OperatorChain):
        return _chain(expression, context)
    path = plain_path(expression) if isinstance(expression, PathExpression) else None
    if path is None:
        return "…"
    return "." if path == context else f"${{{path.rpartition('/')[2]}}}"


def _chain(chain: OperatorChain, context: str) -> str:
    level = _TIGHTNESS.get(chain.rest[0][0], 6)
    found = _bracketed(chain.first, level, context)
    for operator, operand in chain.rest:
        found += f" {operator} {_bracketed(operand, level, context)}"
    return found


def _bracketed(operand: Expression, level: int, context: str) -> str:
    text = _worded(operand, context)
    looser = isinstance(operand, OperatorChain) and _TIGHTNESS.get(operand.rest[0][0], 6) <= level
    return f"({text})" if looser else text
