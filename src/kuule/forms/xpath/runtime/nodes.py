"""The light nodes of a tree that expressions read. Trees are not built from XML here (see forms/xform/xform_reader.py).

An element that holds only text keeps it in `text`. An element with children has `text` "" (mixed content, which forms
do not have, would be TEXT nodes among the children). Only the owner of a tree changes it: `text` by setting it, and
`children` by `append`, `insert` and `remove` alone, because a node remembers which of its children have which name.
Expressions only read, and never hand out `children` itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum


class NodeKind(IntEnum):
    """The node kinds of XPath 1.0, section 5."""

    DOCUMENT = 0
    ELEMENT = 1
    ATTRIBUTE = 2
    TEXT = 3
    COMMENT = 4
    INSTRUCTION = 5
    NAMESPACE = 6


_NONE: list[Node] = []


class Node:
    """One node. `name` is the local name, `namespace` its URI ("" for none), `prefix` the prefix as it was written.

    `text` is what expressions read from a leaf. For a node that is not relevant, the owner of the tree sets it to ""
    and keeps the value in `hidden_value`, so that the node reads as blank. `relevant` and `hidden_value` belong to the
    owner: expressions do not look at them. So does `path`, the node's absolute path without positions, such as
    `/data/child/age`, or "" if nobody asks for it, and `instance_path`, the same with positions.
    """

    __slots__ = (
        "_shown",
        "attributes",
        "children",
        "children_by_name",
        "hidden_value",
        "instance_path",
        "kind",
        "name",
        "namespace",
        "parent",
        "path",
        "prefix",
        "relevant",
        "text",
    )

    def __init__(
        self,
        name: str,
        *,
        kind: NodeKind = NodeKind.ELEMENT,
        text: str = "",
        namespace: str = "",
        prefix: str = "",
        path: str = "",
    ) -> None:
        self.name = name
        self.kind = kind
        self.text = text
        self.namespace = namespace
        self.prefix = prefix
        self.path = path
        self.instance_path = ""
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.relevant = True
        self.hidden_value = ""
        self._shown: Node | None = None
        self.children_by_name: dict[str, list[Node]] | None = None

    def __repr__(self) -> str:
        return f"Node({self.name!r}, {self.kind.name}, {len(self.children)} children)"

    def append(self, child: Node) -> Node:
        """Put `child` last and return it."""
        child.parent = self
        self.children.append(child)
        self.children_by_name = None
        return child

    def insert(self, index: int, child: Node) -> Node:
        """Put `child` before the child that is at `index` now, and return it."""
        child.parent = self
        self.children.insert(index, child)
        self.children_by_name = None
        return child

    def remove(self, child: Node) -> None:
        """Remove `child`, which is found by identity."""
        self.children = [other for other in self.children if other is not child]
        child.parent = None
        self.children_by_name = None

    def children_named(self, name: str) -> list[Node]:
        """The child elements with that local name, in order. Read only: it is the node's own list."""
        return (self.children_by_name or self.build_index()).get(name, _NONE)

    def build_index(self) -> dict[str, list[Node]]:
        """Build the index of child elements by local name. Fast loops read the index directly, without a call."""
        index: dict[str, list[Node]] = {}
        for child in self.children:
            if child.kind is NodeKind.ELEMENT:
                index.setdefault(child.name, []).append(child)
        self.children_by_name = index
        return index

    def set_attribute(self, name: str, value: str, *, namespace: str = "", prefix: str = "") -> Node:
        """Add an attribute node. If two have the same name, `attribute` finds the first."""
        made = Node(name, kind=NodeKind.ATTRIBUTE, text=value, namespace=namespace, prefix=prefix)
        made.parent = self
        self.attributes.append(made)
        return made

    def attribute(self, name: str, namespace: str = "") -> str:
        """The value of an attribute, or "" if there is none."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                return attribute.text
        return ""

    def child(self, name: str) -> Node | None:
        """The first child element with that local name, or None."""
        found = self.children_named(name)
        return found[0] if found else None

    def string_value(self) -> str:
        """The string-value of XPath 1.0, section 5: a leaf's text, or all text below the node, joined."""
        if not self.children:
            return self.text
        return "".join(node.text for node in self.descendants() if node.kind is NodeKind.TEXT or _is_leaf(node))

    def descendants(self) -> Iterator[Node]:
        """Every node below this one in document order, without attributes and without the text of leaves."""
        stack = self.children[::-1]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(node.children[::-1])

    def root(self) -> Node:
        """The topmost node: a DOCUMENT, where the tree was built as a document."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def child_nodes(self) -> list[Node]:
        """The child nodes as XPath sees them. For a leaf with text that is one TEXT node, always the same one."""
        if self.children:
            return self.children[:]
        if not self.text or self.kind > NodeKind.ELEMENT:
            return []
        if self._shown is None:
            self._shown = Node("", kind=NodeKind.TEXT)
            self._shown.parent = self
        self._shown.text = self.text
        return [self._shown]


def _is_leaf(node: Node) -> bool:
    return node.kind is NodeKind.ELEMENT and not node.children


def document_node(root: Node, name: str = "") -> Node:
    """A DOCUMENT node with `root` as its only child, as `/` and `instance()` need it. `name` is the id of an
    instance."""
    made = Node(name, kind=NodeKind.DOCUMENT)
    made.append(root)
    return made


def sort_in_document_order(nodes: list[Node]) -> list[Node]:
    """The nodes in document order, each once. Each sort key is as long as the node is deep, so this is only used for
    unions and distant axes."""
    unique = {id(node): node for node in nodes}
    if len(unique) < 2:
        return list(unique.values())
    return sorted(unique.values(), key=_Places())


class _Places:
    """Document order as sort keys. Positions among siblings are remembered, so that a wide tree is counted once."""

    def __init__(self) -> None:
        self._siblings: dict[int, dict[int, int]] = {}

    def __call__(self, node: Node) -> tuple[tuple[int, int], ...]:
        place: list[tuple[int, int]] = []
        while node.parent is not None:
            place.append(self._among_siblings(node, node.parent))
            node = node.parent
        return ((id(node), 0), *reversed(place))

    def _among_siblings(self, node: Node, parent: Node) -> tuple[int, int]:
        known = self._siblings.get(id(parent))
        if known is None:
            known = {id(child): index for index, child in enumerate(parent.child_nodes())}
            known.update({id(attribute): index for index, attribute in enumerate(parent.attributes)})
            self._siblings[id(parent)] = known
        if node.kind is NodeKind.NAMESPACE:
            return (0, 0)
        return (1 if node.kind is NodeKind.ATTRIBUTE else 2, known.get(id(node), 0))
