"""Compiles function calls: the function must exist and be allowed, with the right number of arguments, each converted
to its type."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat

from kuule.core.problems import Problem
from kuule.core.suggestions import near_names
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction
from kuule.forms.xpath.grammar.syntax_tree import SELF_STEP, FunctionCall, PathExpression
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.closures import (
    Closure,
    ClosureBuilder,
    ResultType,
    TypedClosure,
    as_boolean,
    as_number,
    as_text,
    require_nodes,
)
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import Value

_OWN_NODE = PathExpression(False, (SELF_STEP,))


def compile_call(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """Compile a call. Refuses a function that does not exist or is not allowed, and a wrong number of arguments."""
    if builder.static.defer_call_checks and not _is_callable(call):
        return _failing(builder, call)
    function = LIBRARY.get(call.name)
    if function is None:
        near = near_names(call.name, LIBRARY)
        remedy = f"did you mean {near[0]}()?" if near else "use a function of the ODK XForms specification"
        builder.refuse("FORM_103", f"there is no function {call.name}()", remedy)
    if function.refused:
        builder.refuse("FORM_106", f"{call.name}() is refused: {function.refused}", "leave it out")
    if not function.accepts_count(len(call.arguments)):
        cause = f"{call.name}() takes {function.arity()} arguments, and has {len(call.arguments)}"
        builder.refuse("FORM_105", cause, "see the function in the ODK XForms specification")
    if function.build is not None:
        return function.build(builder, call)
    return _computed(builder, function, call)


def _is_callable(call: FunctionCall) -> bool:
    function = LIBRARY.get(call.name)
    return function is not None and function.accepts_count(len(call.arguments))


def _failing(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    problem = Problem("FORM_122", builder.static.place, f"{call.name}() cannot be called so", "see the specification")

    def run(context: EvaluationContext, node: Node) -> Value:
        raise EvaluationError(problem)

    return TypedClosure(ResultType.ANY, run)


def _computed(builder: ClosureBuilder, function: XPathFunction, call: FunctionCall) -> TypedClosure:
    arguments = call.arguments
    if not arguments and function.defaults_to_context_node:
        arguments = (_OWN_NODE,)
    types = chain(function.parameters, repeat(function.rest or ResultType.ANY))
    runs = [
        _as(builder, kind, builder.build(argument), call.name) for kind, argument in zip(types, arguments, strict=False)
    ]
    if function.compute is None:
        raise ValueError(f"{function.name}() has nothing that computes it")
    run = _WAYS[function.needs](function.compute, runs)
    return TypedClosure(function.returns, run)


def _as(builder: ClosureBuilder, kind: ResultType, code: TypedClosure, name: str) -> Closure:
    if kind is ResultType.STRING:
        return as_text(code)
    if kind is ResultType.NUMBER:
        return as_number(code)
    if kind is ResultType.BOOLEAN:
        return as_boolean(code)
    return require_nodes(builder, code, f"{name}()") if kind is ResultType.NODES else code.run


def _plain(compute: Callable[..., Value], runs: list[Closure]) -> Closure:
    """A closure by the number of arguments: most calls have one or two, and unpacking a list takes longer than the
    call."""
    if not runs:
        return lambda context, node: compute()
    if len(runs) == 1:
        (only,) = runs
        return lambda context, node: compute(only(context, node))
    if len(runs) == 2:
        first, second = runs
        return lambda context, node: compute(first(context, node), second(context, node))
    return lambda context, node: compute(*[run(context, node) for run in runs])


def _with_context(compute: Callable[..., Value], runs: list[Closure]) -> Closure:
    return lambda context, node: compute(context, *[run(context, node) for run in runs])


def _with_node(compute: Callable[..., Value], runs: list[Closure]) -> Closure:
    def run(context: EvaluationContext, node: Node) -> Value:
        return compute(context, node, *[each(context, node) for each in runs])

    return run


_WAYS = {ContextNeed.NOTHING: _plain, ContextNeed.CONTEXT: _with_context, ContextNeed.CONTEXT_AND_NODE: _with_node}
