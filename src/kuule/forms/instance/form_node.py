"""A node of one response: what the compiled model says about it, and its value and relevance now."""

from __future__ import annotations

from kuule.forms.compile.model_definition import NodeDefinition
from kuule.forms.xpath.runtime.nodes import Node, NodeKind

NO_NODES: list[Node] = []
"""The children of every leaf and the attributes of most nodes: nobody adds to a leaf, and lists cost time to make."""


class FormNode(Node):
    """A node of a response. `instance_path` is its path with positions (`/data/child[2]/age`); `own_relevance` is what
    its own expression says."""

    __slots__ = ("definition", "own_relevance")

    def __init__(self, plan: NodeDefinition, place: str, text: str) -> None:
        # Written out instead of calling Node.__init__: a form of 300 questions makes 300 of these for each step.
        self.name = plan.name
        self.kind = NodeKind.ELEMENT
        self.text = text
        self.namespace = plan.namespace
        self.prefix = plan.prefix
        self.path = plan.path
        self.parent = None
        self.children = [] if plan.children else NO_NODES
        self.attributes = [] if plan.attributes else NO_NODES
        self.relevant = True
        self.hidden_value = ""
        self._shown = None
        self.children_by_name = None
        self.definition = plan
        self.instance_path = place
        self.own_relevance = True
        if plan.attributes:
            for name, value in plan.attributes:
                self.set_attribute(name, value)

    def build_index(self) -> dict[str, list[Node]]:
        """As a Node's; where each child has a name of its own, without looking for others of it."""
        if not self.definition.plain_leaves:
            return super().build_index()
        index = self.children_by_name = {child.name: [child] for child in self.children}
        return index

    @property
    def value(self) -> str:
        """The stored value, also while the node is not relevant and reads as blank."""
        return self.text if self.relevant else self.hidden_value
