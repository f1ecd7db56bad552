"""Compiled pieces: a closure over (context, node) and the type of what it gives, and the conversions between types.

Lists of nodes that pass between closures are only read, never changed: some are a node's own.
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
    """What a piece gives. ANY is known when it runs only (`if`, `coalesce`, moments)."""

    NODES = auto()
    STRING = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class TypedClosure:
    """`run` gives a Value of `type`. `constant` is the value of what is written as a text or a number, else None."""

    type: ResultType
    run: Closure
    constant: str | float | None = None


class ClosureBuilder(Protocol):
    """What a function that is compiled in its own way may ask of the compiler."""

    @property
    def static(self) -> StaticContext: ...

    def build(self, expression: Expression, *, absolute: bool = False) -> TypedClosure:
        """Compile a part; `absolute` keeps absolute paths absolute inside a repeat."""

    def mark_reads_current(self) -> None:
        """Say that the piece reads `context.current`."""

    def refuse(self, code: str, cause: str, remedy: str) -> NoReturn:
        """Raise an XPathSyntaxError at the expression's place."""


def as_text(code: TypedClosure) -> TextClosure:
    """A closure that gives string() of what `code` gives."""
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
    """A closure that gives number() of what `code` gives."""
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
    """A closure that gives boolean() of what `code` gives."""
    run = code.run
    if code.type is ResultType.BOOLEAN:
        return run  # type: ignore[return-value]
    return lambda context, node: to_boolean(run(context, node))


def require_nodes(builder: ClosureBuilder, code: TypedClosure, who: str) -> NodesClosure:
    """`as_nodes`, and a refusal now where it is sure that there are none."""
    if code.type not in (ResultType.NODES, ResultType.ANY):
        builder.refuse("FORM_107", f"{who} needs a path there", "give the path of a question or a repeat")
    return as_nodes(code, builder.static.place)


def as_nodes(code: TypedClosure, place: str) -> NodesClosure:
    """A closure that gives nodes, or raises an EvaluationError where the value is none (XPath 1.0, section 3.3)."""
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
