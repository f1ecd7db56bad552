"""Evaluates an expression in a small document: `ask("count(/data/a)", "<data><a/></data>")`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, StaticContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import Value, node_text
from tests.conformance.documents import node_at, read_document

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 4, 5, 678000, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression's value in every form."""

    value: Value
    string: str
    number: float
    boolean: bool

    @property
    def texts(self) -> list[str]:
        """The texts of the nodes."""
        assert isinstance(self.value, list)
        return [node_text(node) for node in self.value]


def context_of(
    document: Node, *, instances: Mapping[str, str] | None = None, zone: tzinfo = UTC, seed: int = 7
) -> EvaluationContext:
    """A context for a document; instances are given as XML."""
    known = {name: read_document(text) for name, text in (instances or {}).items()}
    return EvaluationContext(document, today=TODAY, now=NOW, instances=known, zone=zone, seed=seed)


def ask(
    expression: str,
    xml: str = "<data/>",
    at: str = "/*[1]",
    *,
    static: StaticContext | None = None,
    instances: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
) -> Asked:
    """Evaluate at the node of a positional path."""
    document = read_document(xml)
    compiled = compile_expression(expression, static or StaticContext())
    context = context_of(document, instances=instances, zone=zone)
    node = node_at(document, at)
    return Asked(
        compiled.value(context, node),
        compiled.string(context, node),
        compiled.number(context, node),
        compiled.boolean(context, node),
    )
