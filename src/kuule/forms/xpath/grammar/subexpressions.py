"""The parts of an expression, and what it depends on besides its own node: a position, or nothing inside a
predicate."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FilterExpression,
    FunctionCall,
    Negation,
    OperatorChain,
    PathExpression,
)

_PLACES = frozenset({"position", "last"})
_UNSTEADY = frozenset({"position", "last", "once", "random", "uuid", "randomize", "lang"})
_IMPLIED_NODE = frozenset(
    {"string", "number", "name", "local-name", "namespace-uri", "string-length", "normalize-space"}
)
"""Functions that read the context node if they have no argument."""


def direct_subexpressions(expression: Expression) -> Iterator[Expression]:
    """The direct parts that are evaluated at the same node and position. Predicates are not among them."""
    if isinstance(expression, OperatorChain):
        yield expression.first
        yield from (operand for _, operand in expression.rest)
    elif isinstance(expression, FunctionCall):
        yield from expression.arguments
    elif isinstance(expression, Negation):
        yield expression.operand
    elif isinstance(expression, FilterExpression):
        yield expression.primary
    elif isinstance(expression, PathExpression) and expression.start is not None:
        yield expression.start


def predicates_of(expression: Expression) -> Iterator[Expression]:
    """The predicates of a path or a filter."""
    if isinstance(expression, PathExpression):
        for step in expression.steps:
            yield from step.predicates
    elif isinstance(expression, FilterExpression):
        yield from expression.predicates


def all_subexpressions(expression: Expression) -> Iterator[Expression]:
    """The expression and all expressions inside it, predicates included."""
    stack = [expression]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(direct_subexpressions(found))
        stack.extend(predicates_of(found))


def uses_position(expression: Expression) -> bool:
    """Whether `position()` or `last()` means the position at which the expression itself is evaluated."""
    return any(
        isinstance(part, FunctionCall) and part.name in _PLACES and not part.arguments
        for part in _same_place(expression)
    )


def is_node_independent(expression: Expression) -> bool:
    """Whether the value is the same for all nodes of one predicate, because it starts at the root or at current()."""
    return all(_is_steady_alone(part) for part in _same_place(expression))


def _same_place(expression: Expression) -> Iterator[Expression]:
    """The expression and all parts at any depth that are evaluated at the same node and position."""
    stack = [expression]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(direct_subexpressions(found))


def _is_steady_alone(expression: Expression) -> bool:
    if isinstance(expression, PathExpression):
        return expression.absolute or expression.start is not None
    if isinstance(expression, FunctionCall):
        implied = not expression.arguments and expression.name in _IMPLIED_NODE
        return expression.name not in _UNSTEADY and not implied
    return True
