"""Predicates: from candidates to those that are kept (XPath 1.0, section 2.4). A choice filter is one of these.

A predicate that is a chain of `and` filters once for each part, and `name = steady value`, the usual choice filter,
reads the value once for all candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kuule.forms.tree import Node
from kuule.forms.xpath.code import Builder, Code, RunBoolean, Type, as_boolean
from kuule.forms.xpath.comparing import comparison
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.scopes import is_steady, uses_position
from kuule.forms.xpath.syntax import SELF_STEP, Axis, Chain, Expression, NameTest, Number, Path
from kuule.forms.xpath.values import Value, string_of, to_boolean, to_string

Keep = Callable[[EvaluationContext, list[Node]], list[Node]]
"""(context, candidates in the order of their axis) -> those that stay, in the same order."""

_MOST_NODES = 2**53
"""No list is that long; a place beyond is not even a whole number any more."""


def predicate(builder: Builder, expression: Expression) -> Keep:
    """Compile one predicate."""
    if isinstance(expression, Number):
        return _at(expression.value)
    if uses_position(expression):
        return _by_position(builder.build(expression))
    if isinstance(expression, Chain) and expression.rest[0][0] == "and":
        parts = (expression.first, *(part for _, part in expression.rest))
        return in_turn(_condition(builder, part, places=False) for part in parts)
    return _condition(builder, expression, places=True)


def in_turn(keeps: Iterable[Keep]) -> Keep:
    """Several predicates of one step, one after the other."""
    all_of_them = list(keeps)
    if len(all_of_them) == 1:
        return all_of_them[0]

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        for each in all_of_them:
            nodes = each(context, nodes)
        return nodes

    return keep


def _at(place: float) -> Keep:
    if not 1 <= place < _MOST_NODES or place != int(place):
        return lambda context, nodes: []
    index = int(place) - 1
    return lambda context, nodes: nodes[index : index + 1]


def _by_position(code: Code) -> Keep:
    run = code.run

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        outer = context.position, context.size
        context.size = len(nodes)
        context.spend(len(nodes))
        kept = []
        try:
            for place, node in enumerate(nodes, 1):
                context.position = place
                if _stays(run(context, node), place):
                    kept.append(node)
        finally:
            context.position, context.size = outer
        return kept

    return keep


def _stays(value: Value, place: int) -> bool:
    """A number is a place, anything else true or false."""
    if isinstance(value, float):
        return value == place
    return to_boolean(value)


def _condition(builder: Builder, expression: Expression, *, places: bool) -> Keep:
    """A predicate, or a part of one, that is true or false; with `places` a number is a place."""
    compared = _compared(expression)
    if compared is not None:
        return _equals(builder, *compared)
    code = builder.build(expression)
    if places and code.type in (Type.NUMBER, Type.ANY):
        return _by_position(code)
    return _where(as_boolean(code))


def _where(test: RunBoolean) -> Keep:
    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        context.spend(len(nodes))
        return [node for node in nodes if test(context, node)]

    return keep


def _compared(expression: Expression) -> tuple[Expression, str, Expression] | None:
    """(own part, its name or "" for `.`, steady value) of `name = value`, `value = name` and the same with `.`."""
    if not isinstance(expression, Chain) or len(expression.rest) != 1 or expression.rest[0][0] != "=":
        return None
    left, right = expression.first, expression.rest[0][1]
    for own, other in ((left, right), (right, left)):
        name = _own_name(own)
        if name is not None and is_steady(other):
            return own, name, other
    return None


def _own_name(expression: Expression) -> str | None:
    if not isinstance(expression, Path) or expression.absolute or expression.start is not None:
        return None
    if expression.steps == (SELF_STEP,):
        return ""
    step = expression.steps[0]
    plain = len(expression.steps) == 1 and step.axis is Axis.CHILD and not step.predicates
    if plain and isinstance(step.test, NameTest) and not step.test.prefix and step.test.name != "*":
        return step.test.name
    return None


def _equals(builder: Builder, own: Expression, name: str, steady: Expression) -> Keep:
    """Texts compared with texts: nodes and strings. Numbers and booleans compare otherwise and go the general way."""
    other = builder.build(steady)
    if other.type not in (Type.NODES, Type.STRING):
        test = as_boolean(Code(Type.BOOLEAN, comparison("=", builder.build(own), other)))
        return _where(test)
    run = other.run

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        if not nodes:
            return nodes
        context.spend(len(nodes))
        value = run(context, nodes[0])
        wanted = {string_of(node) for node in value} if isinstance(value, list) else {to_string(value)}
        if not name:
            return [node for node in nodes if string_of(node) in wanted]
        return _with_child(nodes, name, wanted)

    return keep


def _with_child(nodes: list[Node], name: str, wanted: set[str]) -> list[Node]:
    """Nodes with a child of that name and one of those texts; without calls, since a list of choices can be long."""
    kept = []
    for node in nodes:
        for child in (node.index or node.indexed()).get(name, ()):
            if (string_of(child) if child.children else child.text) in wanted:
                kept.append(node)
                break
    return kept
