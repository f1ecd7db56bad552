"""The tree of one response: builds it from what a visit carries, and adds and removes repeat instances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.forms.compile.model_definition import NodeDefinition, NodeLayout, RepeatNodeDefinition
from kuule.forms.instance.form_node import FormNode, append_node
from kuule.forms.instance.removed_instances import RemovedInstances
from kuule.forms.xform.definitions import MAX_INSTANCES


@dataclass(frozen=True, slots=True)
class ResponseData:
    """What a response is rebuilt from: stored values and instance counts, both by instance path."""

    answers: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0


class ResponseTree:
    """The nodes, by path and by instance path. Computes nothing: relevance and values belong to Response."""

    def __init__(self, model: NodeDefinition, layout: NodeLayout, repeats: frozenset[str], given: ResponseData) -> None:
        self._repeats = repeats
        self._answers = given.answers
        self._instances = given.counts
        self._nodes_in_repeats: dict[str, list[FormNode]] = {}
        """The nodes of each path inside a repeat, in document order."""
        self.by_instance_path: dict[str, FormNode] = {}
        """Each node by its path with positions, in document order."""
        self.root = self._build(model, model.path, None)
        self._build_layout(layout)

    def detach(self) -> None:
        """Take the tree apart once it is no longer used: a node and its children know each other, and only a search for
        cycles would free them otherwise."""
        for node in self.by_instance_path.values():
            node.detach()

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
        self._assign_paths(self.root, self.root.instance_path, self.root.definition)

    def _build_layout(self, layout: NodeLayout) -> None:
        """Build what is below the root. One loop, as each step builds all of it."""
        answers, by_path, made = self._answers, self.by_instance_path, [self.root]
        for definition, number in layout:
            parent = made[number]
            if isinstance(definition, RepeatNodeDefinition):
                self._build_instances(definition, parent)
            elif definition.attributes:
                made.append(self._build(definition, definition.path, parent))
            else:
                path = definition.path
                text = "" if definition.children else answers.get(path, definition.default_value)
                node = by_path[path] = append_node(parent, definition, path, text)
                made.append(node)

    def _build(self, definition: NodeDefinition, instance_path: str, parent: FormNode | None) -> FormNode:
        """One node, without those below it."""
        text = "" if definition.children else self._answers.get(instance_path, definition.default_value)
        if parent is None or definition.attributes:
            node = FormNode(definition, instance_path, text)
            if parent is not None:
                node.parent = parent
                parent.children.append(node)
        else:
            node = append_node(parent, definition, instance_path, text)
        self.by_instance_path[instance_path] = node
        if instance_path != definition.path:
            self._nodes_in_repeats.setdefault(definition.path, []).append(node)
        return node

    def _build_instances(self, repeat: RepeatNodeDefinition, parent: FormNode) -> None:
        for number, one in enumerate(self._instance_definitions(repeat, parent.instance_path), 1):
            self._build_below(self._build(one, f"{parent.instance_path}/{one.qualified_name}[{number}]", parent))

    def _build_below(self, parent: FormNode) -> None:
        """Everything in an instance of a repeat."""
        for child in parent.definition.children:
            if isinstance(child, RepeatNodeDefinition):
                self._build_instances(child, parent)
            else:
                self._build_below(self._build(child, f"{parent.instance_path}/{child.qualified_name}", parent))

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
