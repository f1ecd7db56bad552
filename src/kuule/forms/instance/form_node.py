"""A node of one response: its definition, its value, and whether it is relevant now."""

from __future__ import annotations

from kuule.forms.compile.model_definition import NodeDefinition
from kuule.forms.xpath.runtime.nodes import Node, NodeKind

NO_NODES: list[Node] = []
"""The children of every leaf and the attributes of most nodes. One shared list saves the time to make thousands;
nothing is ever added to it."""


class FormNode(Node):
    """A node of a response. `instance_path` is its path with positions (`/data/child[2]/age`). `own_relevance` is the
    result of its own condition alone."""

    __slots__ = ("definition", "own_relevance")

    def __init__(self, definition: NodeDefinition, instance_path: str, text: str) -> None:
        # Node.__init__ is written out here for speed: a form of 300 questions makes 300 of these at each step.
        self.name = definition.name
        self.kind = NodeKind.ELEMENT
        self.text = text
        self.namespace = definition.namespace
        self.prefix = definition.prefix
        self.path = definition.path
        self.parent = None
        self.children = [] if definition.children else NO_NODES
        self.attributes = [] if definition.attributes else NO_NODES
        self.relevant = True
        self.hidden_value = ""
        self._shown = None
        self.children_by_name = None
        self.definition = definition
        self.instance_path = instance_path
        self.own_relevance = True
        if definition.attributes:
            for name, value in definition.attributes:
                self.set_attribute(name, value)

    def detach(self) -> None:
        """Forget the node around it. What is left of a tree then has no cycles, and is freed when nobody uses it."""
        self.parent = self._shown = None
        for attribute in self.attributes:
            attribute.parent = None

    def build_index(self) -> dict[str, list[Node]]:
        """As in Node, but faster where each child has a name of its own."""
        if not self.definition.plain_leaves:
            return super().build_index()
        index = self.children_by_name = {child.name: [child] for child in self.children}
        return index

    @property
    def value(self) -> str:
        """The stored value, also while the node is not relevant and therefore reads as blank."""
        return self.text if self.relevant else self.hidden_value


def append_node(parent: FormNode, definition: NodeDefinition, instance_path: str, text: str) -> FormNode:
    """A new node below `parent`, of a definition without attributes."""
    # FormNode.__init__ is written out: calling the class would take half of the time in which a tree is built.
    node: FormNode = FormNode.__new__(FormNode)
    node.name = definition.name
    node.kind = NodeKind.ELEMENT
    node.text = text
    node.namespace = definition.namespace
    node.prefix = definition.prefix
    node.path = definition.path
    node.parent = parent
    node.children = [] if definition.children else NO_NODES
    node.attributes = NO_NODES
    node.relevant = node.own_relevance = True
    node.hidden_value = ""
    node._shown = node.children_by_name = None
    node.definition = definition
    node.instance_path = instance_path
    parent.children.append(node)
    return node
