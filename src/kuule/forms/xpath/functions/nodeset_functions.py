"""Node-set functions (ODK XForms, Node-set Functions), instances and pulldata()."""

from __future__ import annotations

from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, Literal
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_text, require_nodes
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node, NodeKind, sort_in_document_order
from kuule.forms.xpath.runtime.values import Value, node_text, to_string


def _count(nodes: list[Node]) -> float:
    return float(len(nodes))


def _count_non_empty(nodes: list[Node]) -> float:
    return float(sum(1 for node in nodes if node_text(node)))


def _position(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """Without an argument, the position in a predicate; with one, a node's position among siblings of its name."""
    if not call.arguments:
        return TypedClosure(ResultType.NUMBER, lambda context, node: float(context.position))
    find = require_nodes(builder, builder.build(call.arguments[0]), "position()")

    def run(context: EvaluationContext, node: Node) -> float:
        nodes = find(context, node)
        return _place(nodes[0]) if nodes else float("nan")

    return TypedClosure(ResultType.NUMBER, run)


def _place(node: Node) -> float:
    if node.parent is None:
        return 1.0
    return 1.0 + next((index for index, other in enumerate(node.parent.children_named(node.name)) if other is node), 0)


def _last(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    return TypedClosure(ResultType.NUMBER, lambda context, node: float(context.size))


def _current(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    builder.mark_reads_current()
    return TypedClosure(ResultType.NODES, lambda context, node: [context.current])


def _instance(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """The document node around the root element of an instance, so that a path continues with the root's name."""
    wanted, known = call.arguments[0], builder.static.instances
    if isinstance(wanted, Literal) and known is not None and wanted.text not in known:
        remedy = f"the form has {', '.join(sorted(known)) or 'none'}"
        builder.refuse("FORM_108", f"there is no instance {wanted.text!r}", remedy)
    name = as_text(builder.build(wanted))

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        found = context.instances.get(name(context, node))
        return [found] if found is not None else []

    return TypedClosure(ResultType.NODES, run)


def _pulldata(context: EvaluationContext, instance: str, wanted: str, key: str, value: str) -> str:
    """The child or attribute (`@`) `wanted` of the first item whose `key` has that value, among the children of the
    instance's root."""
    document = context.instances.get(instance)
    root = document.children[0] if document is not None and document.children else None
    for item in root.children if root is not None else ():
        if value in _texts(item, key):
            return next(iter(_texts(item, wanted)), "")
    return ""


def _texts(item: Node, name: str) -> list[str]:
    if name.startswith("@"):
        return [attribute.text for attribute in item.attributes if attribute.name == name[1:]]
    return [node_text(child) for child in item.children_named(name)]


def _id(context: EvaluationContext, node: Node, value: Value) -> list[Node]:
    """XPath 1.0, section 4.1. An attribute `id` counts as the ID, because forms have no DTD that would name one."""
    texts = [node_text(each) for each in value] if isinstance(value, list) else [to_string(value)]
    wanted = {word for text in texts for word in text.split()}
    below = [other for other in node.root().descendants() if other.kind is NodeKind.ELEMENT]
    first: dict[str, Node] = {}
    for other in below:
        first.setdefault(other.attribute("id"), other)
    return sort_in_document_order([first[word] for word in wanted if word in first])


NODESET_FUNCTIONS = functions_by_name(
    XPathFunction("count", ResultType.NUMBER, (ResultType.NODES,), compute=_count),
    XPathFunction("count-non-empty", ResultType.NUMBER, (ResultType.NODES,), compute=_count_non_empty),
    XPathFunction("position", ResultType.NUMBER, (ResultType.NODES,), required=0, build=_position),
    XPathFunction("last", ResultType.NUMBER, build=_last),
    XPathFunction("current", ResultType.NODES, build=_current),
    XPathFunction("instance", ResultType.NODES, (ResultType.STRING,), build=_instance),
    XPathFunction(
        "pulldata", ResultType.STRING, (ResultType.STRING,) * 4, compute=_pulldata, needs=ContextNeed.CONTEXT
    ),
    XPathFunction("id", ResultType.NODES, (ResultType.ANY,), compute=_id, needs=ContextNeed.CONTEXT_AND_NODE),
)
