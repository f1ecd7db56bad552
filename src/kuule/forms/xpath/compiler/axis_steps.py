"""The axes and node tests of a path's steps (XPath 1.0, sections 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Callable

from kuule.forms.xpath.grammar.syntax_tree import KindTest, NameTest, Step, XPathAxis
from kuule.forms.xpath.runtime.nodes import Node, NodeKind

AxisWalk = Callable[[Node], list[Node]]
"""From one node to the nodes of an axis, in the order of that axis. The list is only read."""

NodeTest = Callable[[Node], bool]

_BELOW = (NodeKind.ELEMENT, NodeKind.DOCUMENT)


def _parent(node: Node) -> list[Node]:
    return [node.parent] if node.parent is not None else []


def _self(node: Node) -> list[Node]:
    return [node]


def _attributes(node: Node) -> list[Node]:
    return node.attributes


def _namespaces(node: Node) -> list[Node]:
    return []  # forms have no namespace nodes, and ODK XForms has no such axis


def _descendants(node: Node) -> list[Node]:
    found: list[Node] = []
    stack = node.child_nodes()[::-1]
    while stack:
        node = stack.pop()
        found.append(node)
        if node.kind in _BELOW:
            stack.extend(node.child_nodes()[::-1])
    return found


def _descendants_or_self(node: Node) -> list[Node]:
    return [node, *_descendants(node)]


def _ancestors(node: Node) -> list[Node]:
    found: list[Node] = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _ancestors_or_self(node: Node) -> list[Node]:
    return [node, *_ancestors(node)]


def _siblings(node: Node) -> tuple[list[Node], list[Node]]:
    """The siblings before and after a node, both in document order; none for attributes."""
    if node.parent is None or node.kind in (NodeKind.ATTRIBUTE, NodeKind.NAMESPACE):
        return [], []
    all_of_them = node.parent.child_nodes()
    at = next((index for index, other in enumerate(all_of_them) if other is node), 0)
    return all_of_them[:at], all_of_them[at + 1 :]


def _following_siblings(node: Node) -> list[Node]:
    return _siblings(node)[1]


def _preceding_siblings(node: Node) -> list[Node]:
    return _siblings(node)[0][::-1]


def _following(node: Node) -> list[Node]:
    found: list[Node] = []
    if node.kind is NodeKind.ATTRIBUTE and node.parent is not None:
        node = node.parent
        found.extend(_descendants(node))
    for inner in _ancestors_or_self(node):
        for sibling in _following_siblings(inner):
            found.extend(_descendants_or_self(sibling))
    return found


def _preceding(node: Node) -> list[Node]:
    if node.kind is NodeKind.ATTRIBUTE and node.parent is not None:
        node = node.parent
    found: list[Node] = []
    for inner in _ancestors_or_self(node):
        for sibling in _preceding_siblings(inner):
            found.extend(reversed(_descendants_or_self(sibling)))
    return found


AXIS_WALKS: dict[XPathAxis, AxisWalk] = {
    XPathAxis.CHILD: Node.child_nodes,
    XPathAxis.PARENT: _parent,
    XPathAxis.SELF: _self,
    XPathAxis.ATTRIBUTE: _attributes,
    XPathAxis.NAMESPACE: _namespaces,
    XPathAxis.DESCENDANT: _descendants,
    XPathAxis.DESCENDANT_OR_SELF: _descendants_or_self,
    XPathAxis.ANCESTOR: _ancestors,
    XPathAxis.ANCESTOR_OR_SELF: _ancestors_or_self,
    XPathAxis.FOLLOWING: _following,
    XPathAxis.FOLLOWING_SIBLING: _following_siblings,
    XPathAxis.PRECEDING: _preceding,
    XPathAxis.PRECEDING_SIBLING: _preceding_siblings,
}

_KINDS = {"text": NodeKind.TEXT, "comment": NodeKind.COMMENT, "processing-instruction": NodeKind.INSTRUCTION}


def compile_step(step: Step, namespace: str | None) -> AxisWalk:
    """Compile axis and test together. `namespace` is the URI that the name must have, or None if only the local name
    counts."""
    axis, test = step.axis, step.test
    walk = AXIS_WALKS[axis]
    if isinstance(test, KindTest):
        return walk if test.kind == "node" else _tested(walk, _kind_test(test))
    if axis is XPathAxis.CHILD and test.name != "*":
        return _child_walk(test.name, namespace)
    kind = NodeKind.ATTRIBUTE if axis is XPathAxis.ATTRIBUTE else NodeKind.ELEMENT
    return _tested(walk, _name_test(test, kind, namespace))


def _tested(walk: AxisWalk, test: NodeTest) -> AxisWalk:
    return lambda node: [found for found in walk(node) if test(found)]


def _child_walk(name: str, namespace: str | None) -> AxisWalk:
    if namespace is None:
        return lambda node: node.children_named(name)
    return lambda node: [child for child in node.children_named(name) if child.namespace == namespace]


def _kind_test(test: KindTest) -> NodeTest:
    kind, target = _KINDS[test.kind], test.target
    if target:
        return lambda node: node.kind is kind and node.name == target
    return lambda node: node.kind is kind


def _name_test(test: NameTest, kind: NodeKind, namespace: str | None) -> NodeTest:
    name = test.name
    if name == "*" and (namespace is None or not test.prefix):
        return lambda node: node.kind is kind
    if name == "*":
        return lambda node: node.kind is kind and node.namespace == namespace
    if namespace is None:
        return lambda node: node.kind is kind and node.name == name
    return lambda node: node.kind is kind and node.name == name and node.namespace == namespace
