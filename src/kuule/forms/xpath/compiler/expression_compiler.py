"""Compiles a syntax tree to closures. Everything that can be known before evaluation is decided here, once for each
form.

Unknown functions, wrong numbers of arguments, unknown instances, prefixes and variables, and unusable patterns are
refused with a Problem, so that only values are left to find at evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from kuule.core.problems import Problem
from kuule.forms.xpath.compiler.call_compiler import compile_call
from kuule.forms.xpath.compiler.operators import RELATIONS, arithmetic_closure, comparison_closure
from kuule.forms.xpath.compiler.path_compiler import compile_path
from kuule.forms.xpath.compiler.predicates import chain_filters, compile_predicate
from kuule.forms.xpath.compiler.references import References, find_references
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FilterExpression,
    FunctionCall,
    Literal,
    Negation,
    Number,
    OperatorChain,
    PathExpression,
    VariableReference,
)
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError
from kuule.forms.xpath.runtime.closures import (
    BooleanClosure,
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
    require_nodes,
)
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, StaticContext
from kuule.forms.xpath.runtime.nodes import Node, sort_in_document_order
from kuule.forms.xpath.runtime.values import Value

NO_STATIC_CONTEXT = StaticContext()


@dataclass(frozen=True, slots=True)
class CompiledExpression:
    """A compiled expression. It can run any number of times, in any thread that has a context of its own.

    Each method takes the context and the context node: the node that the expression belongs to, which is also what
    `current()` means. It raises EvaluationError if the expression has no value.
    """

    text: str
    """The expression as it was written, or "" if it was given as a tree."""
    expression: Expression
    references: References
    _run: Closure = field(repr=False)
    _text: TextClosure = field(repr=False)
    _number: NumberClosure = field(repr=False)
    _boolean: BooleanClosure = field(repr=False)
    _nodes: NodesClosure = field(repr=False)
    _reads_current: bool = field(repr=False)

    def __call__(self, context: EvaluationContext, node: Node) -> Value:
        return self.value(context, node)

    def value(self, context: EvaluationContext, node: Node) -> Value:
        """The value. Nodes come in a new list."""
        outer, context.current = context.current, node
        try:
            found = self._run(context, node)
        finally:
            context.current = outer
        return found[:] if isinstance(found, list) else found

    def string(self, context: EvaluationContext, node: Node) -> str:
        """The value converted by string(); for nodes, the text of the first one."""
        outer, context.current = context.current, node
        try:
            return self._text(context, node)
        finally:
            context.current = outer

    def number(self, context: EvaluationContext, node: Node) -> float:
        """The value converted by number(): a date counts as days, and NaN means that it is not a number."""
        outer, context.current = context.current, node
        try:
            return self._number(context, node)
        finally:
            context.current = outer

    def boolean(self, context: EvaluationContext, node: Node) -> bool:
        """The value converted by boolean()."""
        if not self._reads_current:
            return self._boolean(context, node)
        outer, context.current = context.current, node
        try:
            return self._boolean(context, node)
        finally:
            context.current = outer

    def nodes(self, context: EvaluationContext, node: Node) -> list[Node]:
        """The nodes in a new list, in document order unless they were randomised."""
        outer, context.current = context.current, node
        try:
            return self._nodes(context, node)[:]
        finally:
            context.current = outer


def compile_expression(expression: Expression | str, static: StaticContext = NO_STATIC_CONTEXT) -> CompiledExpression:
    """Compile an expression for the node that it belongs to. Raises XPathSyntaxError with everything that is known to
    be wrong."""
    text = expression if isinstance(expression, str) else ""
    tree = parse(expression, static.place) if isinstance(expression, str) else expression
    compiler = _Compiler(static)
    code = compiler.build(tree)
    return CompiledExpression(
        text=text,
        expression=tree,
        references=find_references(tree, static),
        _run=code.run,
        _text=as_text(code),
        _number=as_number(code),
        _boolean=as_boolean(code),
        _nodes=as_nodes(code, static.place),
        _reads_current=compiler.reads_current,
    )


class _Compiler:
    """The ClosureBuilder of one expression."""

    def __init__(self, static: StaticContext) -> None:
        self.static = static
        self.reads_current = False

    def mark_reads_current(self) -> None:
        self.reads_current = True

    def refuse(self, code: str, cause: str, remedy: str) -> NoReturn:
        raise XPathSyntaxError(Problem(code, self.static.place, cause, remedy))

    def build(self, expression: Expression, *, absolute: bool = False) -> TypedClosure:
        if isinstance(expression, PathExpression):
            return compile_path(self, expression, absolute=absolute)
        if isinstance(expression, FunctionCall):
            return compile_call(self, expression)
        if isinstance(expression, OperatorChain):
            return self._chain(expression)
        if isinstance(expression, FilterExpression):
            return self._filter(expression)
        if isinstance(expression, Negation):
            return self._negation(expression)
        return self._constant(expression)

    def _constant(self, expression: Number | Literal | VariableReference) -> TypedClosure:
        if isinstance(expression, Number):
            number = expression.value
            return TypedClosure(ResultType.NUMBER, lambda context, node: number, number)
        if isinstance(expression, Literal):
            text = expression.text
            return TypedClosure(ResultType.STRING, lambda context, node: text, text)
        return self._variable(expression)

    def _variable(self, variable: VariableReference) -> NoReturn:
        cause = f"there is no variable ${variable.name}"
        self.refuse("FORM_104", cause, "a form has no variables: use the path of a question")

    def _negation(self, negation: Negation) -> TypedClosure:
        run = as_number(self.build(negation.operand))
        if negation.times % 2 == 0:
            return TypedClosure(ResultType.NUMBER, run)
        return TypedClosure(ResultType.NUMBER, lambda context, node: -run(context, node))

    def _filter(self, filtered: FilterExpression) -> TypedClosure:
        primary = require_nodes(self, self.build(filtered.primary), "a predicate")
        keep = chain_filters([compile_predicate(self, each) for each in filtered.predicates])
        return TypedClosure(ResultType.NODES, lambda context, node: keep(context, primary(context, node)))

    def _chain(self, chain: OperatorChain) -> TypedClosure:
        first = self.build(chain.first)
        rest = [(sign, self.build(operand)) for sign, operand in chain.rest]
        sign = rest[0][0]
        if sign in ("and", "or"):
            return _logic(sign, [as_boolean(code) for code in (first, *(code for _, code in rest))])
        if sign in RELATIONS:
            return _relations(first, rest)
        if sign == "|":
            return self._union([first, *(code for _, code in rest)])
        return TypedClosure(
            ResultType.NUMBER, arithmetic_closure(as_number(first), [(each, as_number(code)) for each, code in rest])
        )

    def _union(self, codes: list[TypedClosure]) -> TypedClosure:
        finds = [require_nodes(self, code, "|") for code in codes]
        return TypedClosure(
            ResultType.NODES,
            lambda context, node: sort_in_document_order([found for find in finds for found in find(context, node)]),
        )


def _logic(sign: str, runs: list[BooleanClosure]) -> TypedClosure:
    """`and` and `or`, which stop at the operand that decides (XPath 1.0, section 3.4)."""
    if len(runs) == 2:
        one, two = runs
        if sign == "and":
            return TypedClosure(ResultType.BOOLEAN, lambda context, node: one(context, node) and two(context, node))
        return TypedClosure(ResultType.BOOLEAN, lambda context, node: one(context, node) or two(context, node))
    if sign == "and":
        return TypedClosure(ResultType.BOOLEAN, lambda context, node: all(run(context, node) for run in runs))
    return TypedClosure(ResultType.BOOLEAN, lambda context, node: any(run(context, node) for run in runs))


def _relations(first: TypedClosure, rest: list[tuple[str, TypedClosure]]) -> TypedClosure:
    """Comparisons in a chain: `1 < 2 < 3` is `(1 < 2) < 3`."""
    code = first
    for sign, other in rest:
        code = TypedClosure(ResultType.BOOLEAN, comparison_closure(sign, code, other))
    return code
