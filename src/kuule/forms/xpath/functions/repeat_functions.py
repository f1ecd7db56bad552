"""indexed-repeat() (ODK XForms, Repeat Functions): a value in one instance of a repeat, to any depth.

Its paths mean all instances, also if the expression is inside the repeat. A relative path is resolved first, so that
`../age` means every age there is.
"""

from __future__ import annotations

from operator import itemgetter

from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, NameTest, PathExpression, Step, XPathAxis
from kuule.forms.xpath.runtime.closures import (
    ClosureBuilder,
    NodesClosure,
    ResultType,
    TypedClosure,
    as_number,
    require_nodes,
)
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node

_Pair = tuple[Expression, Expression]


def _build(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    wanted, *rest = call.arguments
    pairs = _outermost_first(builder, list(zip(rest[::2], rest[1::2], strict=True)))
    find = _everywhere(builder, wanted)
    repeats = [(_everywhere(builder, repeat), as_number(builder.build(index))) for repeat, index in pairs]

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        inside: Node | None = None
        for nodes, number in repeats:
            instances = _within(nodes(context, node), inside)
            index = number(context, node)
            if not 1 <= index <= len(instances) or index != int(index):
                return []
            inside = instances[int(index) - 1]
        return _within(find(context, node), inside)

    return TypedClosure(ResultType.NODES, run)


def _outermost_first(builder: ClosureBuilder, pairs: list[_Pair]) -> list[_Pair]:
    """The pairs with the outermost repeat first if all paths can be resolved, else as they are written."""
    context = builder.static.node_path
    paths = [resolve_path(repeat, context) if isinstance(repeat, PathExpression) else None for repeat, _ in pairs]
    depths = [path.count("/") for path in paths if path is not None]
    if len(depths) < len(pairs):
        return pairs
    return [pair for _, pair in sorted(zip(depths, pairs, strict=True), key=itemgetter(0))]


def _everywhere(builder: ClosureBuilder, path: Expression) -> NodesClosure:
    """The path over all instances."""
    absolute = (
        resolve_path(path, builder.static.node_path)
        if isinstance(path, PathExpression) and builder.static.node_path
        else None
    )
    if absolute is not None:
        path = PathExpression(
            True, tuple(Step(XPathAxis.CHILD, NameTest("", name)) for name in absolute.split("/")[1:])
        )
    return require_nodes(builder, builder.build(path, absolute=True), "indexed-repeat()")


def _within(nodes: list[Node], inside: Node | None) -> list[Node]:
    return nodes if inside is None else [node for node in nodes if _is_in(node, inside)]


def _is_in(node: Node, outer: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at is outer:
            return True
        at = at.parent
    return False


REPEAT_FUNCTIONS = functions_by_name(
    XPathFunction(
        "indexed-repeat",
        ResultType.NODES,
        (ResultType.NODES, ResultType.NODES, ResultType.NUMBER),
        rest=ResultType.ANY,
        group=2,
        build=_build,
    )
)
