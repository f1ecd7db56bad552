"""The axes and node tests of a path's steps (XPath 1.0, sections 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Callable

from kuule.forms.tree import Kind, Node
from kuule.forms.xpath.syntax import Axis, KindTest, NameTest, Step

Walk = Callable[[Node], list[Node]]
"""One node to the nodes of an axis, in the order of that axis; only to read."""

Test = Callable[[Node], bool]

_BELOW = (Kind.ELEMENT, Kind.DOCUMENT)


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
    """Siblings before and after, both in document order; none for attributes."""
    if node.parent is None or node.kind in (Kind.ATTRIBUTE, Kind.NAMESPACE):
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
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        node = node.parent
        found.extend(_descendants(node))
    for inner in _ancestors_or_self(node):
        for sibling in _following_siblings(inner):
            found.extend(_descendants_or_self(sibling))
    return found


def _preceding(node: Node) -> list[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        node = node.parent
    found: list[Node] = []
    for inner in _ancestors_or_self(node):
        for sibling in _preceding_siblings(inner):
            found.extend(reversed(_descendants_or_self(sibling)))
    return found


WALKS: dict[Axis, Walk] = {
    Axis.CHILD: Node.child_nodes,
    Axis.PARENT: _parent,
    Axis.SELF: _self,
    Axis.ATTRIBUTE: _attributes,
    Axis.NAMESPACE: _namespaces,
    Axis.DESCENDANT: _descendants,
    Axis.DESCENDANT_OR_SELF: _descendants_or_self,
    Axis.ANCESTOR: _ancestors,
    Axis.ANCESTOR_OR_SELF: _ancestors_or_self,
    Axis.FOLLOWING: _following,
    Axis.FOLLOWING_SIBLING: _following_siblings,
    Axis.PRECEDING: _preceding,
    Axis.PRECEDING_SIBLING: _preceding_siblings,
}

_KINDS = {"text": Kind.TEXT, "comment": Kind.COMMENT, "processing-instruction": Kind.INSTRUCTION}


def walk_of(step: Step, namespace: str | None) -> Walk:
    """Axis and test in one. `namespace` is the URI that the name must have, None where the local name alone counts."""
    axis, test = step.axis, step.test
    walk = WALKS[axis]
    if isinstance(test, KindTest):
        return walk if test.kind == "node" else _tested(walk, _kind_test(test))
    if axis is Axis.CHILD and test.name != "*":
        return _child_walk(test.name, namespace)
    kind = Kind.ATTRIBUTE if axis is Axis.ATTRIBUTE else Kind.ELEMENT
    return _tested(walk, _name_test(test, kind, namespace))


def _tested(walk: Walk, test: Test) -> Walk:
    return lambda node: [found for found in walk(node) if test(found)]


def _child_walk(name: str, namespace: str | None) -> Walk:
    if namespace is None:
        return lambda node: node.named(name)
    return lambda node: [child for child in node.named(name) if child.namespace == namespace]


def _kind_test(test: KindTest) -> Test:
    kind, target = _KINDS[test.kind], test.target
    if target:
        return lambda node: node.kind is kind and node.name == target
    return lambda node: node.kind is kind


def _name_test(test: NameTest, kind: Kind, namespace: str | None) -> Test:
    name = test.name
    if name == "*" and (namespace is None or not test.prefix):
        return lambda node: node.kind is kind
    if name == "*":
        return lambda node: node.kind is kind and node.namespace == namespace
    if namespace is None:
        return lambda node: node.kind is kind and node.name == name
    return lambda node: node.kind is kind and node.name == name and node.namespace == namespace
