"""`+`, `-`, `*`, `div`, `mod` and minus on IEEE 754 doubles (XPath 1.0, section 3.5), without Python's exceptions."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import tzinfo

from kuule.forms.xpath.runtime.closures import (
    Closure,
    NodesClosure,
    NumberClosure,
    ResultType,
    TextClosure,
    TypedClosure,
    as_boolean,
    as_nodes,
    as_number,
    as_text,
)
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import (
    NAN,
    DateValue,
    Value,
    node_text,
    parse_number,
    to_boolean,
    to_number,
    to_string,
)


def divide(left: float, right: float) -> float:
    """`div`: infinity or NaN where Python would raise."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """`mod`, with the sign of the dividend."""
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
    """A closure for a chain of operators of one precedence, from the left."""
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


RELATIONS: dict[str, Callable[..., bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SCALAR = frozenset({ResultType.STRING, ResultType.NUMBER, ResultType.BOOLEAN})


def comparison_closure(sign: str, left: TypedClosure, right: TypedClosure) -> Closure:
    """A closure that compares, specialised for the types that are known before evaluation."""
    if left.type in _SCALAR and right.type in _SCALAR:
        return _scalars(sign, left, right)
    if left.type is ResultType.NODES and right.type in _SCALAR:
        return _nodes(sign, left, right)
    if right.type is ResultType.NODES and left.type in _SCALAR:
        return _nodes(_MIRRORED[sign], right, left)
    first, second = left.run, right.run
    return lambda context, node: compare_values(sign, first(context, node), second(context, node), context.zone)


def _scalars(sign: str, left: TypedClosure, right: TypedClosure) -> Closure:
    relation = RELATIONS[sign]
    types = {left.type, right.type}
    one: Closure
    two: Closure
    if sign in ("=", "!=") and ResultType.BOOLEAN in types:
        one, two = as_boolean(left), as_boolean(right)
    elif sign in ("=", "!=") and ResultType.NUMBER not in types:
        one, two = as_text(left), as_text(right)
    else:
        one, two = as_number(left), as_number(right)
    return lambda context, node: relation(one(context, node), two(context, node))


def _nodes(sign: str, nodes: TypedClosure, other: TypedClosure) -> Closure:
    find = as_nodes(nodes, "")
    if other.type is ResultType.BOOLEAN and sign in ("=", "!="):
        return _scalars(sign, TypedClosure(ResultType.BOOLEAN, as_boolean(nodes)), other)
    if other.type is ResultType.STRING and sign in ("=", "!="):
        if isinstance(other.constant, str):
            return _nodes_with_constant(sign, find, other.constant)
        return _nodes_with_texts(RELATIONS[sign], find, as_text(other))
    return _nodes_with_numbers(RELATIONS[sign], find, as_number(other))


def _nodes_with_constant(sign: str, find: NodesClosure, wanted: str) -> Closure:
    """Compare one node with a constant (`/data/a = 'yes'`). Most relevance is of this kind, so it takes the shortest
    way."""
    equal = sign == "="

    def run(context: EvaluationContext, node: Node) -> bool:
        found = find(context, node)
        if len(found) == 1:
            return (node_text(found[0]) == wanted) is equal
        return any((node_text(each) == wanted) is equal for each in found)

    return run


def _nodes_with_texts(relation: Callable[..., bool], find: NodesClosure, text: TextClosure) -> Closure:
    def run(context: EvaluationContext, node: Node) -> bool:
        wanted = text(context, node)
        return any(relation(node_text(found), wanted) for found in find(context, node))

    return run


def _nodes_with_numbers(relation: Callable[..., bool], find: NodesClosure, number: NumberClosure) -> Closure:
    def run(context: EvaluationContext, node: Node) -> bool:
        wanted, zone = number(context, node), context.zone
        found = find(context, node)
        if len(found) == 1:
            return relation(parse_number(node_text(found[0]), zone), wanted)
        return any(relation(parse_number(node_text(each), zone), wanted) for each in found)

    return run


def compare_values(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Compare two values of any type."""
    if isinstance(left, list) and isinstance(right, list):
        return _sets(sign, left, right, zone)
    if isinstance(left, list):
        return _set(sign, left, right, zone)
    if isinstance(right, list):
        return _set(_MIRRORED[sign], right, left, zone)
    relation = RELATIONS[sign]
    if sign in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            return relation(to_boolean(left), to_boolean(right))
        if not isinstance(left, float | DateValue) and not isinstance(right, float | DateValue):
            return relation(to_string(left), to_string(right))
    return relation(to_number(left, zone), to_number(right, zone))


def _set(sign: str, nodes: list[Node], other: Value, zone: tzinfo) -> bool:
    if isinstance(other, bool) and sign in ("=", "!="):
        return RELATIONS[sign](bool(nodes), other)
    return any(compare_values(sign, node_text(node), other, zone) for node in nodes)


def _sets(sign: str, left: list[Node], right: list[Node], zone: tzinfo) -> bool:
    if sign == "=":
        texts = {node_text(node) for node in left}
        return any(node_text(node) in texts for node in right)
    if sign == "!=":
        texts = {node_text(node) for node in left} | {node_text(node) for node in right}
        return bool(left) and bool(right) and len(texts) > 1
    ones, others = _numbers(left, zone), _numbers(right, zone)
    if not ones or not others:
        return False
    if sign in ("<", "<="):  # some node is less than some other if the least is less than the greatest
        return RELATIONS[sign](min(ones), max(others))
    return RELATIONS[sign](max(ones), min(others))


def _numbers(nodes: list[Node], zone: tzinfo) -> list[float]:
    found = (parse_number(node_text(node), zone) for node in nodes)
    return [number for number in found if not math.isnan(number)]
