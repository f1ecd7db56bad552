"""indexed-repeat() (ODK XForms, Repeat Functions): what is inside one instance of a repeat, up to any depth.

Its paths mean all instances, also where the expression stands inside the repeat; a relative path is resolved
beforehand, so that `../age` means every age there is.
"""

from __future__ import annotations

from operator import itemgetter

from kuule.forms.tree import Node
from kuule.forms.xpath.code import Builder, Code, RunNodes, Type, as_number, needed_nodes
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.functions.signature import Function, table
from kuule.forms.xpath.resolving import resolved
from kuule.forms.xpath.syntax import Axis, Call, Expression, NameTest, Path, Step

_Pair = tuple[Expression, Expression]


def _build(builder: Builder, call: Call) -> Code:
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

    return Code(Type.NODES, run)


def _outermost_first(builder: Builder, pairs: list[_Pair]) -> list[_Pair]:
    """In whatever order they are written, where all paths can be resolved; else as they are written."""
    context = builder.static.context
    paths = [resolved(repeat, context) if isinstance(repeat, Path) else None for repeat, _ in pairs]
    depths = [path.count("/") for path in paths if path is not None]
    if len(depths) < len(pairs):
        return pairs
    return [pair for _, pair in sorted(zip(depths, pairs, strict=True), key=itemgetter(0))]


def _everywhere(builder: Builder, path: Expression) -> RunNodes:
    """The path over all instances."""
    absolute = resolved(path, builder.static.context) if isinstance(path, Path) and builder.static.context else None
    if absolute is not None:
        path = Path(True, tuple(Step(Axis.CHILD, NameTest("", name)) for name in absolute.split("/")[1:]))
    return needed_nodes(builder, builder.build(path, absolute=True), "indexed-repeat()")


def _within(nodes: list[Node], inside: Node | None) -> list[Node]:
    return nodes if inside is None else [node for node in nodes if _is_in(node, inside)]


def _is_in(node: Node, outer: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at is outer:
            return True
        at = at.parent
    return False


REPEATS = table(
    Function("indexed-repeat", Type.NODES, (Type.NODES, Type.NODES, Type.NUMBER), rest=Type.ANY, group=2, build=_build)
)
