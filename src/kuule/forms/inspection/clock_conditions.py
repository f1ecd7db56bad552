"""How a condition reads the clock: whether it is the same for every node, and whether it limits a day that is typed."""

from __future__ import annotations

from collections.abc import Collection

from kuule.forms.model.expressions import Formula
from kuule.forms.xpath.grammar.subexpressions import all_subexpressions, is_node_independent
from kuule.forms.xpath.grammar.syntax_tree import (
    SELF_STEP,
    Expression,
    FunctionCall,
    Number,
    OperatorChain,
    PathExpression,
)

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "=", "!="})
_SUMS = frozenset({"+", "-"})
_ROUNDING = frozenset({"int", "floor", "ceiling", "round", "date", "date-time", "decimal-date-time"})


def is_same_everywhere(formula: Formula, repeats: Collection[str]) -> bool:
    """Whether a condition has the same value everywhere in a response: it reads absolute paths outside repeats only,
    and does not depend on its node."""
    expression = formula.compiled.expression
    calls = {one.name for one in all_subexpressions(expression) if isinstance(one, FunctionCall)}
    repeated = any(
        f"{reading.path}/".startswith(f"{repeat}/")
        or (reading.includes_descendants and repeat.startswith(f"{reading.path}/"))
        for reading in formula.reads
        for repeat in repeats
    )
    return not repeated and "current" not in calls and is_node_independent(expression)


def bounds_own_date(formula: Formula, clock: Collection[str]) -> bool:
    """Whether a constraint uses the clock only to compare it with its own answer: `. <= today()`, or how many days or
    years lie between the two."""
    compared = [part for part in all_subexpressions(formula.compiled.expression) if _compares(part, clock)]
    found = sum(_number_of_clocks(part, clock) for part in compared)
    return found == _number_of_clocks(formula.compiled.expression, clock)


def _compares(part: Expression, clock: Collection[str]) -> bool:
    if not isinstance(part, OperatorChain) or len(part.rest) != 1 or part.rest[0][0] not in _COMPARISONS:
        return False
    return _has_both(part, clock) and all(_is_reckoning(one, part, clock) for one in all_subexpressions(part))


def _is_reckoning(one: Expression, comparison: Expression, clock: Collection[str]) -> bool:
    """Whether a part only adds or subtracts the answer, the clock and numbers. Only the difference of the two may be
    divided."""
    if one is comparison or isinstance(one, Number) or _is_own(one):
        return True
    if isinstance(one, FunctionCall):
        return one.name in _ROUNDING or one.name in clock
    if not isinstance(one, OperatorChain):
        return False
    if all(operator in _SUMS for operator, _ in one.rest):
        return True
    numbers = all(operator == "div" and isinstance(operand, Number) for operator, operand in one.rest)
    return numbers and _has_both(one.first, clock)


def _has_both(expression: Expression, clock: Collection[str]) -> bool:
    own = sum(map(_is_own, all_subexpressions(expression)))
    return own == 1 and _number_of_clocks(expression, clock) == 1


def _number_of_clocks(expression: Expression, clock: Collection[str]) -> int:
    return sum(isinstance(one, FunctionCall) and one.name in clock for one in all_subexpressions(expression))


def _is_own(expression: Expression) -> bool:
    return isinstance(expression, PathExpression) and expression.start is None and expression.steps == (SELF_STEP,)
