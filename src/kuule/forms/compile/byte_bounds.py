"""The most bytes that the value of a calculation can take, if its expression shows it: a number, a boolean, a few fixed
words.

Without this bound, each sum in a repeat within a repeat would need the space of a long text.
"""

from __future__ import annotations

import json

from kuule.core.problems import StudyError
from kuule.forms.types.question_type import NUMBER_BYTES
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, Literal, Negation, Number, OperatorChain
from kuule.forms.xpath.runtime.closures import ResultType

_PLAIN = frozenset({ResultType.NUMBER, ResultType.BOOLEAN})
_UNION = "|"


def max_bytes_of(expression: str) -> int:
    """The most bytes that the value takes in JSON, without its quotes; 0 if the expression does not show it."""
    try:
        return _max_bytes(parse(expression)) or 0
    except StudyError:
        return 0


def _max_bytes(expression: Expression) -> int | None:
    if isinstance(expression, Literal):
        return len(json.dumps(expression.text, ensure_ascii=False).encode()) - 2
    if isinstance(expression, Number | Negation):
        return NUMBER_BYTES
    if isinstance(expression, OperatorChain):
        return None if any(sign == _UNION for sign, _ in expression.rest) else NUMBER_BYTES
    return _max_bytes_of_call(expression) if isinstance(expression, FunctionCall) else None


def _max_bytes_of_call(call: FunctionCall) -> int | None:
    if call.name == "if":
        return _longest(call.arguments[1:])
    if call.name in ("coalesce", "once"):
        return _longest(call.arguments)
    function = LIBRARY.get(call.name)
    return NUMBER_BYTES if function is not None and function.returns in _PLAIN else None


def _longest(expressions: tuple[Expression, ...]) -> int | None:
    bounds = [_max_bytes(expression) for expression in expressions]
    known = [bound for bound in bounds if bound is not None]
    return max(known) if known and len(known) == len(bounds) else None
