"""`+`, `-`, `*`, `div`, `mod` and minus on IEEE 754 doubles (XPath 1.0, section 3.5), where Python would raise."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from kuule.forms.tree import Node
from kuule.forms.xpath.code import Closure, NumberClosure
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.values import NAN


def divide(left: float, right: float) -> float:
    """`div`: infinite or NaN where Python refuses to divide."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """`mod`: the sign of the dividend."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return NAN
    return math.fmod(left, right)


OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": remainder,
}


def arithmetic_closure(first: NumberClosure, rest: list[tuple[str, NumberClosure]]) -> Closure:
    """A closure for a chain of one precedence, from the left."""
    if len(rest) == 1:
        operation, second = OPERATIONS[rest[0][0]], rest[0][1]
        return lambda context, node: operation(first(context, node), second(context, node))
    operations = [(OPERATIONS[sign], operand) for sign, operand in rest]

    def run(context: EvaluationContext, node: Node) -> float:
        total = first(context, node)
        for operation, operand in operations:
            total = operation(total, operand(context, node))
        return total

    return run
