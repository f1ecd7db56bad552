"""Compiles predicates, which choose among candidate nodes (XPath 1.0, section 2.4). A choice filter is one.

A predicate that is a chain of `and` filters once for each part. In `name = value`, the usual choice filter, a value
that is the same for all candidates is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kuule.forms.xpath.compiler.operators import comparison_closure
from kuule.forms.xpath.grammar.subexpressions import is_node_independent, uses_position
from kuule.forms.xpath.grammar.syntax_tree import (
    SELF_STEP,
    Expression,
    NameTest,
    Number,
    OperatorChain,
    PathExpression,
    XPathAxis,
)
from kuule.forms.xpath.runtime.closures import BooleanClosure, ClosureBuilder, ResultType, TypedClosure, as_boolean
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import Value, node_text, to_boolean, to_string

NodeFilter = Callable[[EvaluationContext, list[Node]], list[Node]]
"""From (context, candidates in the order of their axis) to those that are kept, in the same order."""

_MOST_NODES = 2**53
"""No list is that long, and a position beyond this is not even a whole number."""


def compile_predicate(builder: ClosureBuilder, expression: Expression) -> NodeFilter:
    """Compile one predicate."""
    if isinstance(expression, Number):
        return _at(expression.value)
    if uses_position(expression):
        return _by_position(builder.build(expression))
    if isinstance(expression, OperatorChain) and expression.rest[0][0] == "and":
        parts = (expression.first, *(part for _, part in expression.rest))
        return chain_filters(_condition(builder, part, places=False) for part in parts)
    return _condition(builder, expression, places=True)


def chain_filters(keeps: Iterable[NodeFilter]) -> NodeFilter:
    """Apply several predicates of one step, one after another."""
    all_of_them = list(keeps)
    if len(all_of_them) == 1:
        return all_of_them[0]

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        for each in all_of_them:
            nodes = each(context, nodes)
        return nodes

    return keep


def _at(place: float) -> NodeFilter:
    if not 1 <= place < _MOST_NODES or place != int(place):
        return lambda context, nodes: []
    index = int(place) - 1
    return lambda context, nodes: nodes[index : index + 1]


def _by_position(code: TypedClosure) -> NodeFilter:
    run = code.run

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        outer = context.position, context.size
        context.size = len(nodes)
        context.count_nodes(len(nodes))
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
    """Whether a candidate is kept: a number is a position, and anything else is true or false."""
    if isinstance(value, float):
        return value == place
    return to_boolean(value)


def _condition(builder: ClosureBuilder, expression: Expression, *, places: bool) -> NodeFilter:
    """A filter for a predicate, or a part of one, that is true or false. With `places`, a number is a position."""
    compared = _compared(expression)
    if compared is not None:
        return _equals(builder, *compared)
    code = builder.build(expression)
    if places and code.type in (ResultType.NUMBER, ResultType.ANY):
        return _by_position(code)
    return _where(as_boolean(code))


def _where(test: BooleanClosure) -> NodeFilter:
    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        context.count_nodes(len(nodes))
        return [node for node in nodes if test(context, node)]

    return keep


def _compared(expression: Expression) -> tuple[Expression, str, Expression] | None:
    """(own part, its name or "" for `.`, constant value) of `name = value`, `value = name` and the same with `.`; else
    None."""
    if not isinstance(expression, OperatorChain) or len(expression.rest) != 1 or expression.rest[0][0] != "=":
        return None
    left, right = expression.first, expression.rest[0][1]
    for own, other in ((left, right), (right, left)):
        name = _own_name(own)
        if name is not None and is_node_independent(other):
            return own, name, other
    return None


def _own_name(expression: Expression) -> str | None:
    if not isinstance(expression, PathExpression) or expression.absolute or expression.start is not None:
        return None
    if expression.steps == (SELF_STEP,):
        return ""
    step = expression.steps[0]
    plain = len(expression.steps) == 1 and step.axis is XPathAxis.CHILD and not step.predicates
    if plain and isinstance(step.test, NameTest) and not step.test.prefix and step.test.name != "*":
        return step.test.name
    return None


def _equals(builder: ClosureBuilder, own: Expression, name: str, steady: Expression) -> NodeFilter:
    """A filter that compares texts with texts (nodes and strings). Numbers and booleans are compared the general
    way."""
    other = builder.build(steady)
    if other.type not in (ResultType.NODES, ResultType.STRING):
        test = as_boolean(TypedClosure(ResultType.BOOLEAN, comparison_closure("=", builder.build(own), other)))
        return _where(test)
    run = other.run

    def keep(context: EvaluationContext, nodes: list[Node]) -> list[Node]:
        if not nodes:
            return nodes
        context.count_nodes(len(nodes))
        value = run(context, nodes[0])
        wanted = {node_text(node) for node in value} if isinstance(value, list) else {to_string(value)}
        if not name:
            return [node for node in nodes if node_text(node) in wanted]
        return _with_child(nodes, name, wanted)

    return keep


def _with_child(nodes: list[Node], name: str, wanted: set[str]) -> list[Node]:
    """The nodes that have a child with that name and one of those texts. No calls in the loop, since choice lists can
    be long."""
    kept = []
    for node in nodes:
        for child in (node.children_by_name or node.build_index()).get(name, ()):
            if (node_text(child) if child.children else child.text) in wanted:
                kept.append(node)
                break
    return kept
