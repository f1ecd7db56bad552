"""The tree of one response: builds it from what a visit carries, and adds and removes repeat instances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.forms.compile.model_definition import NodeDefinition, RepeatNodeDefinition
from kuule.forms.instance.form_node import NO_NODES, FormNode
from kuule.forms.instance.removed_instances import RemovedInstances
from kuule.forms.xform.definitions import MAX_INSTANCES
from kuule.forms.xpath.runtime.nodes import NodeKind


@dataclass(frozen=True, slots=True)
class ResponseData:
    """What a response is rebuilt from: stored values and instance counts, both by instance path."""

    answers: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0


class ResponseTree:
    """The nodes, by path and by instance path. Computes nothing: relevance and values belong to Response."""

    def __init__(
        self, definition: NodeDefinition, repeats: frozenset[str], answers: Mapping[str, str], counts: Mapping[str, int]
    ) -> None:
        self._definition = definition
        self._repeats = repeats
        self._answers = answers
        self._instances = counts
        self._nodes_in_repeats: dict[str, list[FormNode]] = {}
        """The nodes of each path inside a repeat, in document order."""
        self.by_instance_path: dict[str, FormNode] = {}
        """Each node by its path with positions, in document order."""
        self.root = self._build(definition, definition.path, None)

    def nodes(self, path: str) -> list[FormNode]:
        """All nodes with a path without positions, in document order."""
        node = self.by_instance_path.get(path)
        return self._nodes_in_repeats.get(path, []) if node is None else [node]

    def instances(self, parent: FormNode, path: str) -> list[FormNode]:
        """The instances of a repeat under one parent."""
        return [child for child in parent.children if isinstance(child, FormNode) and child.path == path]

    def instance_counts(self) -> dict[str, int]:
        """How many instances each repeat has, by instance path, where that differs from the number the form begins
        with."""
        counts: dict[str, int] = {}
        for node in self.by_instance_path.values() if self._repeats else ():
            for repeat in node.definition.children:
                if isinstance(repeat, RepeatNodeDefinition):
                    number = len(self.instances(node, repeat.path))
                    if number != len(repeat.initial):
                        counts[f"{node.instance_path}/{repeat.template.qualified_name}"] = number
        return counts

    def changed_values(self, computed: frozenset[str]) -> dict[str, str]:
        """Each value that differs from its default, by instance path. Values of the `computed` paths are left out."""
        answers: dict[str, str] = {}
        for instance_path, node in self.by_instance_path.items():
            definition = node.definition
            value = node.text if node.relevant else node.hidden_value
            if value != definition.default_value and not definition.children and definition.path not in computed:
                answers[instance_path] = value
        return answers

    def insert_instance(
        self, parent: FormNode, repeat: RepeatNodeDefinition, removed: RemovedInstances | None = None
    ) -> FormNode:
        """Add a new instance at the end, with the values that `removed` kept for it. Call `rebuild_index`
        afterwards."""
        present = self.instances(parent, repeat.path)
        definition = instance_definition(repeat, len(present))
        instance = _build_instance(
            definition,
            f"{parent.instance_path}/{definition.qualified_name}[{len(present) + 1}]",
            removed or RemovedInstances(),
        )
        if present:
            at = parent.children.index(present[-1]) + 1
        else:
            earlier = _paths_before(parent.definition, repeat)
            at = sum(isinstance(child, FormNode) and child.path in earlier for child in parent.children)
        parent.insert(at, instance)
        if not parent.relevant:
            for node in (instance, *instance.descendants()):
                node.relevant = False
                node.text, node.hidden_value = "", node.text
        return instance

    def rebuild_index(self) -> None:
        """Update instance paths and positions after instances were added or removed."""
        self._nodes_in_repeats.clear()
        self.by_instance_path.clear()
        self._assign_paths(self.root, self.root.instance_path, self._definition)

    def _build(self, definition: NodeDefinition, instance_path: str, parent: FormNode | None) -> FormNode:
        node = FormNode(
            definition,
            instance_path,
            "" if definition.children else self._answers.get(instance_path, definition.default_value),
        )
        self.by_instance_path[instance_path] = node
        outside_repeats = instance_path == definition.path
        if not outside_repeats:
            self._nodes_in_repeats.setdefault(definition.path, []).append(node)
        if parent is not None:
            node.parent = parent
            parent.children.append(node)
        if definition.plain_leaves:
            self._build_leaves(node, outside_repeats=outside_repeats)
            return node
        for repeat in definition.children:
            if isinstance(repeat, RepeatNodeDefinition):
                for number, one in enumerate(self._instance_definitions(repeat, instance_path), 1):
                    self._build(one, f"{instance_path}/{one.qualified_name}[{number}]", node)
            else:
                self._build(
                    repeat, repeat.path if outside_repeats else f"{instance_path}/{repeat.qualified_name}", node
                )
        return node

    def _build_leaves(self, parent: FormNode, *, outside_repeats: bool) -> None:
        """Build the leaves of a node. Most nodes are leaves, and each step builds all of them, so FormNode.__init__ is
        written out here: calling it would take half the time of a step."""
        answers, by_place, make = self._answers, self.by_instance_path, FormNode.__new__
        children = parent.children
        for definition in parent.definition.plain_leaves:
            path = definition.path
            instance_path = path if outside_repeats else f"{parent.instance_path}/{definition.qualified_name}"
            node = make(FormNode)
            node.name = definition.name
            node.kind = NodeKind.ELEMENT
            node.text = answers.get(instance_path, definition.default_value)
            node.namespace = definition.namespace
            node.prefix = definition.prefix
            node.path = path
            node.parent = parent
            node.children = node.attributes = NO_NODES
            node.relevant = node.own_relevance = True
            node.hidden_value = ""
            node._shown = node.children_by_name = None
            node.definition = definition
            node.instance_path = instance_path
            children.append(node)
            by_place[instance_path] = node
            if not outside_repeats:
                self._nodes_in_repeats.setdefault(path, []).append(node)

    def _instance_definitions(self, repeat: RepeatNodeDefinition, instance_path: str) -> list[NodeDefinition]:
        number = self._instances.get(f"{instance_path}/{repeat.template.qualified_name}", len(repeat.initial))
        return [instance_definition(repeat, at) for at in range(min(number, MAX_INSTANCES))]

    def _assign_paths(self, node: FormNode, instance_path: str, definition: NodeDefinition) -> None:
        """Give a node its instance path, and the definition for its position, since the default values depend on the
        position."""
        node.instance_path = instance_path
        node.definition = definition
        self.by_instance_path[instance_path] = node
        if instance_path != definition.path:
            self._nodes_in_repeats.setdefault(definition.path, []).append(node)
        slots = {repeat.path: repeat for repeat in definition.children}
        numbers: dict[str, int] = {}
        for child in node.children:
            if not isinstance(child, FormNode):
                continue
            repeat = slots.get(child.path)
            step = child.definition.qualified_name
            if isinstance(repeat, RepeatNodeDefinition):
                number = numbers[step] = numbers.get(step, 0) + 1
                self._assign_paths(child, f"{instance_path}/{step}[{number}]", instance_definition(repeat, number - 1))
            else:
                self._assign_paths(child, f"{instance_path}/{step}", child.definition if repeat is None else repeat)


def instance_definition(repeat: RepeatNodeDefinition, at: int) -> NodeDefinition:
    """The definition of the instance at a position, from 0: one of those that the form begins with, else the
    template."""
    return repeat.initial[at] if at < len(repeat.initial) else repeat.template


def placeholder_instance(repeat: RepeatNodeDefinition, parent: FormNode) -> FormNode:
    """An instance outside the tree, used to evaluate the count of a repeat that has no instance yet."""
    node = FormNode(repeat.template, f"{parent.instance_path}/{repeat.template.qualified_name}[0]", "")
    node.parent = parent
    return node


def repeat_node_definition(definition: NodeDefinition, path: str) -> RepeatNodeDefinition | None:
    """The definition of the repeat with that path directly below a node definition, or None."""
    return next(
        (repeat for repeat in definition.children if isinstance(repeat, RepeatNodeDefinition) and repeat.path == path),
        None,
    )


def _paths_before(definition: NodeDefinition, repeat: RepeatNodeDefinition) -> frozenset[str]:
    earlier = definition.children[: definition.children.index(repeat)]
    return frozenset(other.path for other in earlier)


def _build_instance(definition: NodeDefinition, instance_path: str, removed: RemovedInstances) -> FormNode:
    node = FormNode(definition, instance_path, removed.values.pop(instance_path, definition.default_value))
    for repeat in definition.children:
        if isinstance(repeat, RepeatNodeDefinition):
            number = removed.counts.pop(f"{instance_path}/{repeat.template.qualified_name}", len(repeat.initial))
            for at in range(number):
                one = instance_definition(repeat, at)
                node.append(_build_instance(one, f"{instance_path}/{one.qualified_name}[{at + 1}]", removed))
        else:
            node.append(_build_instance(repeat, f"{instance_path}/{repeat.qualified_name}", removed))
    return node
