"""`=`, `!=`, `<`, `<=`, `>`, `>=` (XPath 1.0, section 3.4), with dates as numbers (ODK XForms, XPath Operators).

A set of nodes compares as true where one of its nodes does. With a boolean, `=` and `!=` take the set itself as one, as
XPath 1.0 says; `<` and its like compare each node's number, as both ODK JavaRosa and ODK Web Forms do, where XPath 1.0
would take the set as a boolean there too: forms are written for those two.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import tzinfo

from kuule.forms.tree import Node
from kuule.forms.xpath.code import (
    Code,
    Run,
    RunNodes,
    RunNumber,
    RunText,
    Type,
    as_boolean,
    as_nodes,
    as_number,
    as_text,
)
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.values import Moment, Value, number_of_text, string_of, to_boolean, to_number, to_string

RELATIONS: dict[str, Callable[..., bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SCALAR = frozenset({Type.STRING, Type.NUMBER, Type.BOOLEAN})


def comparison(sign: str, left: Code, right: Code) -> Run:
    """A closure that compares, made for the types that are known beforehand."""
    if left.type in _SCALAR and right.type in _SCALAR:
        return _scalars(sign, left, right)
    if left.type is Type.NODES and right.type in _SCALAR:
        return _nodes(sign, left, right)
    if right.type is Type.NODES and left.type in _SCALAR:
        return _nodes(_MIRRORED[sign], right, left)
    first, second = left.run, right.run
    return lambda context, node: compare(sign, first(context, node), second(context, node), context.zone)


def _scalars(sign: str, left: Code, right: Code) -> Run:
    relation = RELATIONS[sign]
    types = {left.type, right.type}
    one: Run
    two: Run
    if sign in ("=", "!=") and Type.BOOLEAN in types:
        one, two = as_boolean(left), as_boolean(right)
    elif sign in ("=", "!=") and Type.NUMBER not in types:
        one, two = as_text(left), as_text(right)
    else:
        one, two = as_number(left), as_number(right)
    return lambda context, node: relation(one(context, node), two(context, node))


def _nodes(sign: str, nodes: Code, other: Code) -> Run:
    find = as_nodes(nodes, "")
    if other.type is Type.BOOLEAN and sign in ("=", "!="):
        return _scalars(sign, Code(Type.BOOLEAN, as_boolean(nodes)), other)
    if other.type is Type.STRING and sign in ("=", "!="):
        if isinstance(other.constant, str):
            return _nodes_with_constant(sign, find, other.constant)
        return _nodes_with_texts(RELATIONS[sign], find, as_text(other))
    return _nodes_with_numbers(RELATIONS[sign], find, as_number(other))


def _nodes_with_constant(sign: str, find: RunNodes, wanted: str) -> Run:
    """`/data/a = 'yes'`: most of what decides whether a question is asked, so the one node goes the shortest way."""
    equal = sign == "="

    def run(context: EvaluationContext, node: Node) -> bool:
        found = find(context, node)
        if len(found) == 1:
            return (string_of(found[0]) == wanted) is equal
        return any((string_of(each) == wanted) is equal for each in found)

    return run


def _nodes_with_texts(relation: Callable[..., bool], find: RunNodes, text: RunText) -> Run:
    def run(context: EvaluationContext, node: Node) -> bool:
        wanted = text(context, node)
        return any(relation(string_of(found), wanted) for found in find(context, node))

    return run


def _nodes_with_numbers(relation: Callable[..., bool], find: RunNodes, number: RunNumber) -> Run:
    def run(context: EvaluationContext, node: Node) -> bool:
        wanted, zone = number(context, node), context.zone
        found = find(context, node)
        if len(found) == 1:
            return relation(number_of_text(string_of(found[0]), zone), wanted)
        return any(relation(number_of_text(string_of(each), zone), wanted) for each in found)

    return run


def compare(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Two values of any type."""
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
        if not isinstance(left, float | Moment) and not isinstance(right, float | Moment):
            return relation(to_string(left), to_string(right))
    return relation(to_number(left, zone), to_number(right, zone))


def _set(sign: str, nodes: list[Node], other: Value, zone: tzinfo) -> bool:
    if isinstance(other, bool) and sign in ("=", "!="):
        return RELATIONS[sign](bool(nodes), other)
    return any(compare(sign, string_of(node), other, zone) for node in nodes)


def _sets(sign: str, left: list[Node], right: list[Node], zone: tzinfo) -> bool:
    if sign == "=":
        texts = {string_of(node) for node in left}
        return any(string_of(node) in texts for node in right)
    if sign == "!=":
        texts = {string_of(node) for node in left} | {string_of(node) for node in right}
        return bool(left) and bool(right) and len(texts) > 1
    ones, others = _numbers(left, zone), _numbers(right, zone)
    if not ones or not others:
        return False
    if sign in ("<", "<="):  # some node is less than some other: the least is less than the greatest
        return RELATIONS[sign](min(ones), max(others))
    return RELATIONS[sign](max(ones), min(others))


def _numbers(nodes: list[Node], zone: tzinfo) -> list[float]:
    found = (number_of_text(string_of(node), zone) for node in nodes)
    return [number for number in found if not math.isnan(number)]
