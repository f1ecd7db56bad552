"""The compiled pieces of an expression: a closure over (context, node) with the type of its result, and conversions
between types.

Lists of nodes that pass between closures are only read and never changed, because some are a node's own list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import NoReturn, Protocol

from kuule.core.problems import Problem
from kuule.forms.xpath.grammar.syntax_tree import Expression
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, StaticContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import NAN, Value, node_text, parse_number, to_boolean, to_number, to_string

Closure = Callable[[EvaluationContext, Node], Value]
TextClosure = Callable[[EvaluationContext, Node], str]
NumberClosure = Callable[[EvaluationContext, Node], float]
BooleanClosure = Callable[[EvaluationContext, Node], bool]
NodesClosure = Callable[[EvaluationContext, Node], list[Node]]


class ResultType(Enum):
    """The type of a piece's result. ANY means that it is known only at evaluation (`if`, `coalesce`, date values)."""

    NODES = auto()
    STRING = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class TypedClosure:
    """A closure and the type of its result. `constant` is the value of a literal text or number, else None."""

    type: ResultType
    run: Closure
    constant: str | float | None = None


class ClosureBuilder(Protocol):
    """What a function with its own way of compiling may ask of the compiler."""

    @property
    def static(self) -> StaticContext: ...

    def build(self, expression: Expression, *, absolute: bool = False) -> TypedClosure:
        """Compile a part. With `absolute`, absolute paths stay absolute also inside a repeat."""

    def mark_reads_current(self) -> None:
        """Note that the piece reads `context.current`."""

    def refuse(self, code: str, cause: str, remedy: str) -> NoReturn:
        """Raise an XPathSyntaxError at the expression's place."""


def as_text(code: TypedClosure) -> TextClosure:
    """A closure that gives string() of the result of `code`."""
    run = code.run
    if code.type is ResultType.STRING:
        return run  # type: ignore[return-value]  # the type says so
    if code.type is ResultType.NODES:

        def first(context: EvaluationContext, node: Node) -> str:
            nodes: list[Node] = run(context, node)  # type: ignore[assignment]
            return node_text(nodes[0]) if nodes else ""

        return first
    return lambda context, node: to_string(run(context, node))


def as_number(code: TypedClosure) -> NumberClosure:
    """A closure that gives number() of the result of `code`."""
    run = code.run
    if code.type is ResultType.NUMBER:
        return run  # type: ignore[return-value]
    if code.type is ResultType.NODES:

        def first(context: EvaluationContext, node: Node) -> float:
            nodes: list[Node] = run(context, node)  # type: ignore[assignment]
            return parse_number(node_text(nodes[0]), context.zone) if nodes else NAN

        return first
    return lambda context, node: to_number(run(context, node), context.zone)


def as_boolean(code: TypedClosure) -> BooleanClosure:
    """A closure that gives boolean() of the result of `code`."""
    run = code.run
    if code.type is ResultType.BOOLEAN:
        return run  # type: ignore[return-value]
    return lambda context, node: to_boolean(run(context, node))


def require_nodes(builder: ClosureBuilder, code: TypedClosure, who: str) -> NodesClosure:
    """As `as_nodes`, but refuses at once if the result can never be a set of nodes."""
    if code.type not in (ResultType.NODES, ResultType.ANY):
        builder.refuse("FORM_107", f"{who} needs a path there", "give the path of a question or a repeat")
    return as_nodes(code, builder.static.place)


def as_nodes(code: TypedClosure, place: str) -> NodesClosure:
    """A closure that gives nodes. It raises an EvaluationError if the value is not a set of nodes (XPath 1.0, section
    3.3)."""
    run = code.run
    if code.type is ResultType.NODES:
        return run  # type: ignore[return-value]

    def checked(context: EvaluationContext, node: Node) -> list[Node]:
        value = run(context, node)
        if not isinstance(value, list):
            cause = f"nodes are needed, and there is {to_string(value)[:40]!r}"
            raise EvaluationError(Problem("FORM_120", place, cause, "give a path there"))
        return value

    return checked
