"""A form's compiled expressions, each with the nodes that it reads."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kuule.forms.xpath.compiler.expression_compiler import CompiledExpression, compile_expression
from kuule.forms.xpath.compiler.references import Reference
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, StaticContext
from kuule.forms.xpath.runtime.nodes import Node


@dataclass(frozen=True, slots=True)
class Formula:
    """One expression and what it reads.

    If it cannot be evaluated (EvaluationError), its value is blank, so that a respondent never meets an author's
    mistake.
    """

    compiled: CompiledExpression

    @property
    def reads(self) -> frozenset[Reference]:
        """The nodes of the response that its value depends on, without its own node."""
        return self.compiled.references.reads

    @property
    def text(self) -> str:
        return self.compiled.text

    @property
    def functions(self) -> frozenset[str]:
        return self.compiled.references.functions

    def boolean(self, node: Node, context: EvaluationContext) -> bool:
        try:
            return self.compiled.boolean(context, node)
        except EvaluationError:
            return False

    def string(self, node: Node, context: EvaluationContext) -> str:
        try:
            return self.compiled.string(context, node)
        except EvaluationError:
            return ""

    def number(self, node: Node, context: EvaluationContext) -> float:
        try:
            return self.compiled.number(context, node)
        except EvaluationError:
            return math.nan

    def nodes(self, node: Node, context: EvaluationContext) -> list[Node]:
        """The nodes that it selects; none if its value is not a set of nodes."""
        try:
            return self.compiled.nodes(context, node)
        except EvaluationError:
            return []


def compile_formula(text: str, static: StaticContext) -> Formula:
    """Parse and compile an expression. Raises XPathSyntaxError (a StudyError) that names `static.place`."""
    return Formula(compile_expression(text, static))
