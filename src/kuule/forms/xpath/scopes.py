"""What an expression depends on besides its own node: positions, and whether it is steady inside a predicate."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.forms.xpath.syntax import Call, Chain, Expression, Filter, Negation, Path

_PLACES = frozenset({"position", "last"})
_UNSTEADY = frozenset({"position", "last", "once", "random", "uuid", "randomize", "lang"})
_IMPLIED_NODE = frozenset(
    {"string", "number", "name", "local-name", "namespace-uri", "string-length", "normalize-space"}
)
"""Functions that read the context node where they have no argument."""


def parts(expression: Expression) -> Iterator[Expression]:
    """The direct parts that are evaluated with the same node and position; predicates are not among them."""
    if isinstance(expression, Chain):
        yield expression.first
        yield from (operand for _, operand in expression.rest)
    elif isinstance(expression, Call):
        yield from expression.arguments
    elif isinstance(expression, Negation):
        yield expression.operand
    elif isinstance(expression, Filter):
        yield expression.primary
    elif isinstance(expression, Path) and expression.start is not None:
        yield expression.start


def predicates(expression: Expression) -> Iterator[Expression]:
    """The predicates of a path or a filter."""
    if isinstance(expression, Path):
        for step in expression.steps:
            yield from step.predicates
    elif isinstance(expression, Filter):
        yield from expression.predicates


def everything(expression: Expression) -> Iterator[Expression]:
    """The expression and all expressions inside it, predicates included."""
    stack = [expression]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(parts(found))
        stack.extend(predicates(found))


def uses_position(expression: Expression) -> bool:
    """True where `position()` or `last()` means the place that the expression is evaluated at."""
    return any(
        isinstance(part, Call) and part.name in _PLACES and not part.arguments for part in _same_place(expression)
    )


def is_steady(expression: Expression) -> bool:
    """True where the value cannot differ between the nodes of one predicate: it starts at the root or current()."""
    return all(_is_steady_alone(part) for part in _same_place(expression))


def _same_place(expression: Expression) -> Iterator[Expression]:
    """The expression and all parts, at any depth, that are evaluated with the same node and position."""
    stack = [expression]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(parts(found))


def _is_steady_alone(expression: Expression) -> bool:
    if isinstance(expression, Path):
        return expression.absolute or expression.start is not None
    if isinstance(expression, Call):
        implied = not expression.arguments and expression.name in _IMPLIED_NODE
        return expression.name not in _UNSTEADY and not implied
    return True
