"""Function calls compiled: known, allowed, with the right number of arguments, each converted to its type."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from itertools import chain, repeat

from kuule.errors import Problem
from kuule.forms.tree import Node
from kuule.forms.xpath.code import Builder, Code, Run, Type, as_boolean, as_number, as_text, needed_nodes
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.errors import EvaluationError
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.functions.signature import Function, Reads
from kuule.forms.xpath.syntax import SELF_STEP, Call, Path
from kuule.forms.xpath.values import Value

_OWN_NODE = Path(False, (SELF_STEP,))


def compile_call(builder: Builder, call: Call) -> Code:
    """Code of a call. Refuses what does not exist, what is not allowed, and a wrong number of arguments."""
    if builder.static.late and not _is_callable(call):
        return _failing(builder, call)
    function = LIBRARY.get(call.name)
    if function is None:
        near = difflib.get_close_matches(call.name, LIBRARY, 1)
        remedy = f"did you mean {near[0]}()" if near else "use a function of the ODK XForms specification"
        builder.refuse("FORM_103", f"there is no function {call.name}()", remedy)
    if function.refused:
        builder.refuse("FORM_106", f"{call.name}() is refused: {function.refused}", "leave it out")
    if not function.takes(len(call.arguments)):
        cause = f"{call.name}() takes {function.arity()} arguments, and has {len(call.arguments)}"
        builder.refuse("FORM_105", cause, "see the function in the ODK XForms specification")
    if function.build is not None:
        return function.build(builder, call)
    return _computed(builder, function, call)


def _is_callable(call: Call) -> bool:
    function = LIBRARY.get(call.name)
    return function is not None and function.takes(len(call.arguments))


def _failing(builder: Builder, call: Call) -> Code:
    problem = Problem("FORM_122", builder.static.place, f"{call.name}() cannot be called so", "see the specification")

    def run(context: EvaluationContext, node: Node) -> Value:
        raise EvaluationError(problem)

    return Code(Type.ANY, run)


def _computed(builder: Builder, function: Function, call: Call) -> Code:
    arguments = call.arguments
    if not arguments and function.implied:
        arguments = (_OWN_NODE,)
    types = chain(function.parameters, repeat(function.rest or Type.ANY))
    runs = [
        _as(builder, kind, builder.build(argument), call.name) for kind, argument in zip(types, arguments, strict=False)
    ]
    if function.compute is None:
        raise ValueError(f"{function.name}() has nothing that computes it")
    run = _WAYS[function.reads](function.compute, runs)
    return Code(function.returns, run)


def _as(builder: Builder, kind: Type, code: Code, name: str) -> Run:
    if kind is Type.STRING:
        return as_text(code)
    if kind is Type.NUMBER:
        return as_number(code)
    if kind is Type.BOOLEAN:
        return as_boolean(code)
    return needed_nodes(builder, code, f"{name}()") if kind is Type.NODES else code.run


def _plain(compute: Callable[..., Value], runs: list[Run]) -> Run:
    """By number of arguments: most calls have one or two, and unpacking a list takes longer than the call."""
    if not runs:
        return lambda context, node: compute()
    if len(runs) == 1:
        (only,) = runs
        return lambda context, node: compute(only(context, node))
    if len(runs) == 2:
        first, second = runs
        return lambda context, node: compute(first(context, node), second(context, node))
    return lambda context, node: compute(*[run(context, node) for run in runs])


def _with_context(compute: Callable[..., Value], runs: list[Run]) -> Run:
    return lambda context, node: compute(context, *[run(context, node) for run in runs])


def _with_node(compute: Callable[..., Value], runs: list[Run]) -> Run:
    def run(context: EvaluationContext, node: Node) -> Value:
        return compute(context, node, *[each(context, node) for each in runs])

    return run


_WAYS = {Reads.NOTHING: _plain, Reads.CONTEXT: _with_context, Reads.CONTEXT_AND_NODE: _with_node}
