"""Node-set functions (ODK XForms, Node-set Functions), instances and pulldata()."""

from __future__ import annotations

from kuule.forms.tree import Kind, Node, in_document_order
from kuule.forms.xpath.code import Builder, Code, Type, as_text, needed_nodes
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.functions.signature import Function, Reads, table
from kuule.forms.xpath.syntax import Call, Literal
from kuule.forms.xpath.values import Value, string_of, to_string


def _count(nodes: list[Node]) -> float:
    return float(len(nodes))


def _count_non_empty(nodes: list[Node]) -> float:
    return float(sum(1 for node in nodes if string_of(node)))


def _position(builder: Builder, call: Call) -> Code:
    """Without an argument the place in a predicate; with one, a node's place among siblings of its name."""
    if not call.arguments:
        return Code(Type.NUMBER, lambda context, node: float(context.position))
    find = needed_nodes(builder, builder.build(call.arguments[0]), "position()")

    def run(context: EvaluationContext, node: Node) -> float:
        nodes = find(context, node)
        return _place(nodes[0]) if nodes else float("nan")

    return Code(Type.NUMBER, run)


def _place(node: Node) -> float:
    if node.parent is None:
        return 1.0
    return 1.0 + next((index for index, other in enumerate(node.parent.named(node.name)) if other is node), 0)


def _last(builder: Builder, call: Call) -> Code:
    return Code(Type.NUMBER, lambda context, node: float(context.size))


def _current(builder: Builder, call: Call) -> Code:
    builder.wants_current()
    return Code(Type.NODES, lambda context, node: [context.current])


def _instance(builder: Builder, call: Call) -> Code:
    """What an instance has around its root element, so that a path goes on with the root's name."""
    wanted, known = call.arguments[0], builder.static.instances
    if isinstance(wanted, Literal) and known is not None and wanted.text not in known:
        remedy = f"the form has {', '.join(sorted(known)) or 'none'}"
        builder.refuse("FORM_108", f"there is no instance {wanted.text!r}", remedy)
    name = as_text(builder.build(wanted))

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        found = context.instances.get(name(context, node))
        return [found] if found is not None else []

    return Code(Type.NODES, run)


def _pulldata(context: EvaluationContext, instance: str, wanted: str, key: str, value: str) -> str:
    """The first item's `wanted` whose `key` has the value, among the children of the instance's root; `@` for
    attributes.
    """
    document = context.instances.get(instance)
    root = document.children[0] if document is not None and document.children else None
    for item in root.children if root is not None else ():
        if value in _texts(item, key):
            return next(iter(_texts(item, wanted)), "")
    return ""


def _texts(item: Node, name: str) -> list[str]:
    if name.startswith("@"):
        return [attribute.text for attribute in item.attributes if attribute.name == name[1:]]
    return [string_of(child) for child in item.named(name)]


def _id(context: EvaluationContext, node: Node, value: Value) -> list[Node]:
    """XPath 1.0, section 4.1, with an attribute `id` as the ID, since forms have no DTD that would name one."""
    texts = [string_of(each) for each in value] if isinstance(value, list) else [to_string(value)]
    wanted = {word for text in texts for word in text.split()}
    below = [other for other in node.root().descendants() if other.kind is Kind.ELEMENT]
    first: dict[str, Node] = {}
    for other in below:
        first.setdefault(other.attribute("id"), other)
    return in_document_order([first[word] for word in wanted if word in first])


NODESETS = table(
    Function("count", Type.NUMBER, (Type.NODES,), compute=_count),
    Function("count-non-empty", Type.NUMBER, (Type.NODES,), compute=_count_non_empty),
    Function("position", Type.NUMBER, (Type.NODES,), required=0, build=_position),
    Function("last", Type.NUMBER, build=_last),
    Function("current", Type.NODES, build=_current),
    Function("instance", Type.NODES, (Type.STRING,), build=_instance),
    Function("pulldata", Type.STRING, (Type.STRING,) * 4, compute=_pulldata, reads=Reads.CONTEXT),
    Function("id", Type.NODES, (Type.ANY,), compute=_id, reads=Reads.CONTEXT_AND_NODE),
)
