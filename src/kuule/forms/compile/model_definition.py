"""The shape of a response, compiled once: what nodes there are, which repeat, and what stands in them at first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.types.stored_forms import stored_form_for
from kuule.forms.xform.definitions import Bind, ModelNode
from kuule.forms.xpath.runtime.nodes import Node, NodeKind


@dataclass(frozen=True, slots=True)
class NodeDefinition:
    """One node to be: `path` has names only; `text` is its default in stored form; `children` are slots in order."""

    name: str
    prefix: str
    namespace: str
    path: str
    value_type: str
    default_value: str
    qualified_name: str
    """The name as it stands in a path, with its prefix."""
    attributes: tuple[tuple[str, str], ...]
    children: tuple[NodeDefinition | RepeatNodeDefinition, ...]
    plain_leaves: tuple[NodeDefinition, ...] = ()
    """The slots, where all of them are leaves without attributes and each has a name of its own; else ()."""

    @property
    def has_unique_paths(self) -> bool:
        """Whether a path of names leads to one node, repeats apart: no prefixes, and no name twice in one place."""
        return not self.prefix and all(slot.has_unique_paths for slot in self.children) and self._names_differ()

    def _names_differ(self) -> bool:
        return len({slot.name for slot in self.children}) == len(self.children)

    @property
    def is_leaf(self) -> bool:
        return not self.children

    def walk(self) -> Iterator[NodeDefinition]:
        """This plan and all below it in document order; a repeat's template stands for its instances."""
        yield self
        for slot in self.children:
            yield from (slot.template if isinstance(slot, RepeatNodeDefinition) else slot).walk()


@dataclass(frozen=True, slots=True)
class RepeatNodeDefinition:
    """Where a repeat stands among its siblings. `initial` are the instances that the form begins with."""

    path: str
    template: NodeDefinition
    initial: tuple[NodeDefinition, ...]

    @property
    def name(self) -> str:
        return self.template.name

    @property
    def has_unique_paths(self) -> bool:
        return self.template.has_unique_paths


_METADATA = re.compile(r"/[^/]+/(?:[^/:]+:)?meta(?:/.*)?")


def is_metadata(path: str) -> bool:
    """Whether a path is the form's metadata block (`/data/meta/…`), which Kuule leaves empty."""
    return _METADATA.fullmatch(path) is not None


NO_NODES: list[Node] = []
"""The children of every leaf and the attributes of most nodes: nobody adds to a leaf, and lists cost time to make."""


class FormNode(Node):
    """A node of a response. `instance_path` is its path with positions (`/data/child[2]/age`); `own_relevance` is its
    own, without that of the groups around it."""

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


@dataclass(frozen=True, slots=True)
class _Planning:
    """`repeats` are the paths of the body's repeats, `never_empty` those that begin with one instance at least."""

    binds: Mapping[str, Bind]
    repeats: frozenset[str]
    never_empty: frozenset[str]


def define_model(
    root: ModelNode, binds: Mapping[str, Bind], repeats: frozenset[str], never_empty: frozenset[str] = frozenset()
) -> NodeDefinition:
    """The plan of a primary instance. `repeats` are the paths of the body's repeats."""
    return _plan(root, "", _Planning(binds, repeats, never_empty))


def _plan(model: ModelNode, above: str, planning: _Planning) -> NodeDefinition:
    path = f"{above}/{model.name}"
    bind = planning.binds.get(path)
    value_type = bind.value_type if bind is not None else "string"
    prefix, _, name = model.name.rpartition(":")
    slots = tuple(_slots(model, path, planning))
    return NodeDefinition(
        name=name,
        prefix=prefix,
        namespace=model.namespace,
        path=path,
        value_type=value_type,
        default_value=stored_form_for(value_type)(model.text) if not model.children else "",
        qualified_name=model.name,
        attributes=tuple(model.attributes.items()),
        children=slots,
        plain_leaves=_leaves(slots),
    )


def _leaves(slots: tuple[NodeDefinition | RepeatNodeDefinition, ...]) -> tuple[NodeDefinition, ...]:
    found = tuple(slot for slot in slots if isinstance(slot, NodeDefinition) and slot.is_leaf and not slot.attributes)
    return found if len({slot.name for slot in found}) == len(slots) else ()


def _slots(model: ModelNode, path: str, planning: _Planning) -> Iterator[NodeDefinition | RepeatNodeDefinition]:
    seen: set[str] = set()
    for child in model.children:
        child_path = f"{path}/{child.name}"
        if child_path not in planning.repeats:
            yield _plan(child, path, planning)
        elif child_path not in seen:
            seen.add(child_path)
            alike = [other for other in model.children if other.name == child.name]
            template = next((other for other in alike if other.template), alike[0])
            initial = tuple(_plan(other, path, planning) for other in alike if not other.template)
            plan = _plan(template, path, planning)
            if not initial and child_path in planning.never_empty:
                initial = (plan,)
            yield RepeatNodeDefinition(child_path, plan, initial)
