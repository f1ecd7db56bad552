"""Compiles paths: steps in document order, and the specification's "big deviation" inside repeats.

A path of plain names is compiled to a faster form: it goes down as long as each name has one node, and joins lists only
if a name has several.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kuule.forms.xpath.compiler.axis_steps import AxisWalk, compile_step
from kuule.forms.xpath.compiler.predicates import NodeFilter, chain_filters, compile_predicate
from kuule.forms.xpath.grammar.subexpressions import uses_position
from kuule.forms.xpath.grammar.syntax_tree import (
    DESCENDANT_OR_SELF_STEP,
    PARENT_STEP,
    SELF_STEP,
    Expression,
    NameTest,
    OperatorChain,
    PathExpression,
    Step,
    XPathAxis,
)
from kuule.forms.xpath.runtime.closures import ClosureBuilder, NodesClosure, ResultType, TypedClosure, require_nodes
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node, NodeKind, sort_in_document_order

PathStart = Callable[[EvaluationContext, Node], Node | None]

_FLAT = frozenset({XPathAxis.CHILD, XPathAxis.SELF, XPathAxis.ATTRIBUTE, XPathAxis.PARENT})
"""From nodes of one depth, these axes lead to nodes of one depth."""


_TRUTHS = frozenset({"or", "and", "=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class _Move:
    """One compiled step. `sort`: from several nodes, its results may be repeated or out of order."""

    walk: AxisWalk
    keep: NodeFilter | None
    backward: bool
    sort: bool


def compile_path(builder: ClosureBuilder, path: PathExpression, *, absolute: bool = False) -> TypedClosure:
    """Compile a path. With `absolute`, the big deviation is not applied."""
    if path.start is not None:
        return TypedClosure(ResultType.NODES, _from_nodes(builder, path))
    start, steps = _start(builder, path, absolute=absolute)
    names = _plain_names(builder, steps)
    if names is None:
        return TypedClosure(ResultType.NODES, _along(start, _moves(builder, steps)))
    down = _down(start, names)
    return TypedClosure(ResultType.NODES, _at_once(names, down) if start is _root and names else down)


def _from_nodes(builder: ClosureBuilder, path: PathExpression) -> NodesClosure:
    if path.start is None:
        raise ValueError("the path begins at a node")
    begin = require_nodes(builder, builder.build(path.start), "a path")
    moves = _moves(builder, path.steps)

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        nodes = begin(context, node)
        for move in moves:
            nodes = _moved(move, context, nodes)
        return nodes

    return run


def _start(builder: ClosureBuilder, path: PathExpression, *, absolute: bool) -> tuple[PathStart, tuple[Step, ...]]:
    """Where the path begins, and the steps from there."""
    if not path.absolute:
        return _upwards(path.steps)
    repeat = "" if absolute else _shared_repeat(builder, path)
    if not repeat:
        return _root, path.steps
    builder.mark_reads_current()
    depth = repeat.count("/")
    return _ancestor_at(depth, repeat.rpartition("/")[2]), path.steps[depth:]


def _own(context: EvaluationContext, node: Node) -> Node | None:
    return node


def _upwards(steps: tuple[Step, ...]) -> tuple[PathStart, tuple[Step, ...]]:
    """Take the `..` at the beginning of a relative path together, because every node has one parent."""
    levels = 0
    while levels < len(steps) and steps[levels] == PARENT_STEP:
        levels += 1
    if not levels:
        return _own, steps

    def above(context: EvaluationContext, node: Node) -> Node | None:
        at: Node | None = node
        for _ in range(levels):
            if at is not None:
                at = at.parent
        return at

    return above, steps[levels:]


def _root(context: EvaluationContext, node: Node) -> Node | None:
    return context.root


def _shared_repeat(builder: ClosureBuilder, path: PathExpression) -> str:
    """The innermost repeat that contains both the path and the expression's own node, or ""."""
    context, shared = builder.static.node_path, ""
    so_far = ""
    for step in path.steps[:-1]:
        if step.axis is not XPathAxis.CHILD or not isinstance(step.test, NameTest) or step.predicates:
            break
        so_far = f"{so_far}/{step.test.name}"
        if so_far in builder.static.repeats and (context == so_far or context.startswith(f"{so_far}/")):
            shared = so_far
    return shared


def _ancestor_at(depth: int, name: str) -> PathStart:
    """The ancestor (or self) of the current node at that depth below the document, if it has that name."""

    def find(context: EvaluationContext, _: Node) -> Node | None:
        above = []
        node: Node | None = context.current
        while node is not None and node.kind is not NodeKind.DOCUMENT:
            above.append(node)
            node = node.parent
        found = above[-depth] if depth <= len(above) else None
        return found if found is not None and found.name == name else None

    return find


def _plain_names(builder: ClosureBuilder, steps: tuple[Step, ...]) -> tuple[str, ...] | None:
    """The names of a path that has only plain child steps (and `.`), or None for any other path."""
    if builder.static.namespaces is not None:
        return None
    names: list[str] = []
    for step in steps:
        if step == SELF_STEP:
            continue
        if step.axis is not XPathAxis.CHILD or step.predicates or not isinstance(step.test, NameTest):
            return None
        if step.test.name == "*":
            return None
        names.append(step.test.name)
    return tuple(names)


def _at_once(names: tuple[str, ...], down: NodesClosure) -> NodesClosure:
    """The node that the context has under an absolute path. If it has none, go down name by name."""
    path = "".join(f"/{name}" for name in names)

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        found = context.unique_nodes.get(path)
        return down(context, node) if found is None else [found]

    return run


def _down(start: PathStart, names: tuple[str, ...]) -> NodesClosure:
    def run(context: EvaluationContext, node: Node) -> list[Node]:
        at = start(context, node)
        if at is None:
            return []
        for place, name in enumerate(names):
            found = (at.children_by_name or at.build_index()).get(name)
            if found is None:
                return []
            if len(found) != 1:
                return _spread(context, found, names[place + 1 :])
            at = found[0]
        return [at]

    return run


def _spread(context: EvaluationContext, nodes: list[Node], names: tuple[str, ...]) -> list[Node]:
    for name in names:
        context.count_nodes(len(nodes))
        if not nodes:
            return nodes
        nodes = [child for node in nodes for child in node.children_named(name)]
    return nodes


def _along(start: PathStart, moves: list[_Move]) -> NodesClosure:
    def run(context: EvaluationContext, node: Node) -> list[Node]:
        begin = start(context, node)
        if begin is None:
            return []
        nodes = [begin]
        for move in moves:
            nodes = _moved(move, context, nodes)
        return nodes

    return run


def _moved(move: _Move, context: EvaluationContext, nodes: list[Node]) -> list[Node]:
    walk, keep = move.walk, move.keep
    if len(nodes) == 1:
        found = walk(nodes[0])
        context.count_nodes(len(found))
        found = found if keep is None else keep(context, found)
        return found[::-1] if move.backward else found
    gathered: list[Node] = []
    for node in nodes:
        found = walk(node)
        context.count_nodes(len(found))
        gathered.extend(found if keep is None else keep(context, found))
    return sort_in_document_order(gathered) if move.sort else gathered


def _moves(builder: ClosureBuilder, steps: tuple[Step, ...]) -> list[_Move]:
    moves: list[_Move] = []
    flat = True
    for step in _shortened(steps):
        sort = step.axis not in (XPathAxis.SELF, XPathAxis.ATTRIBUTE) and not (flat and step.axis is XPathAxis.CHILD)
        flat = flat and step.axis in _FLAT
        moves.append(_move(builder, step, sort=sort))
    return moves


def _move(builder: ClosureBuilder, step: Step, *, sort: bool) -> _Move:
    keep = chain_filters([compile_predicate(builder, each) for each in step.predicates]) if step.predicates else None
    return _Move(compile_step(step, _namespace(builder, step)), keep, step.axis.is_reverse, sort)


def _shortened(steps: tuple[Step, ...]) -> list[Step]:
    """Rewrite `//name` as one descendant step, unless a position in a predicate would then mean something else."""
    found: list[Step] = []
    for step in steps:
        if found and found[-1] == DESCENDANT_OR_SELF_STEP and step.axis is XPathAxis.CHILD and not _positional(step):
            found[-1] = Step(XPathAxis.DESCENDANT, step.test, step.predicates)
        else:
            found.append(step)
    return found


def _positional(step: Step) -> bool:
    return any(not _counts_as_boolean(each) for each in step.predicates)


def _counts_as_boolean(expression: Expression) -> bool:
    """Whether a predicate is certainly not a number and asks for no position."""
    if isinstance(expression, OperatorChain):
        return expression.rest[0][0] in _TRUTHS and not uses_position(expression)
    return isinstance(expression, PathExpression) and not uses_position(expression)


def _namespace(builder: ClosureBuilder, step: Step) -> str | None:
    known = builder.static.namespaces
    if known is None or not isinstance(step.test, NameTest):
        return None
    prefix = step.test.prefix
    if not prefix:
        return "" if step.axis is XPathAxis.ATTRIBUTE else known.get("", "")
    if prefix not in known:
        builder.refuse("FORM_111", f"the prefix {prefix!r} has no namespace", "declare it, or leave the prefix out")
    return known[prefix]
