"""The tree of one response: building it from what a visit carries, and instances of repeats that come and go."""

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
    """What a response is rebuilt from: stored values and instance counts, both by path with positions."""

    answers: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0


class ResponseTree:
    """Nodes by path and by place. Computes nothing: relevance and values are the response's."""

    def __init__(
        self, plan: NodeDefinition, repeats: frozenset[str], answers: Mapping[str, str], counts: Mapping[str, int]
    ) -> None:
        self._plan = plan
        self._repeats = repeats
        self._answers = answers
        self._instances = counts
        self._alike: dict[str, list[FormNode]] = {}
        """The nodes of each path that lies in a repeat, in document order."""
        self.by_instance_path: dict[str, FormNode] = {}
        """Each node by its path with positions, in document order."""
        self.root = self._build(plan, plan.path, None)

    def nodes(self, path: str) -> list[FormNode]:
        """All nodes of a path without positions, in document order."""
        node = self.by_instance_path.get(path)
        return self._alike.get(path, []) if node is None else [node]

    def instances(self, parent: FormNode, path: str) -> list[FormNode]:
        """The instances of a repeat under one parent."""
        return [child for child in parent.children if isinstance(child, FormNode) and child.path == path]

    def instance_counts(self) -> dict[str, int]:
        """How many instances each repeat has, where that differs from what the form begins with."""
        counts: dict[str, int] = {}
        for node in self.by_instance_path.values() if self._repeats else ():
            for slot in node.definition.children:
                if isinstance(slot, RepeatNodeDefinition):
                    number = len(self.instances(node, slot.path))
                    if number != len(slot.initial):
                        counts[f"{node.instance_path}/{slot.template.qualified_name}"] = number
        return counts

    def changed_values(self, computed: frozenset[str]) -> dict[str, str]:
        """Each value that is not the form's own, by its path with positions; not those of the `computed` paths."""
        answers: dict[str, str] = {}
        for place, node in self.by_instance_path.items():
            plan = node.definition
            value = node.text if node.relevant else node.hidden_value
            if value != plan.default_value and not plan.children and plan.path not in computed:
                answers[place] = value
        return answers

    def insert_instance(
        self, parent: FormNode, slot: RepeatNodeDefinition, beyond: RemovedInstances | None = None
    ) -> FormNode:
        """Put a new instance last, with what `beyond` has for its place; `index` puts it into the register."""
        present = self.instances(parent, slot.path)
        plan = instance_definition(slot, len(present))
        made = _build_new(
            plan, f"{parent.instance_path}/{plan.qualified_name}[{len(present) + 1}]", beyond or RemovedInstances()
        )
        if present:
            at = parent.children.index(present[-1]) + 1
        else:
            earlier = _paths_before(parent.definition, slot)
            at = sum(isinstance(child, FormNode) and child.path in earlier for child in parent.children)
        parent.insert(at, made)
        if not parent.relevant:
            for node in (made, *made.descendants()):
                node.relevant = False
                node.text, node.hidden_value = "", node.text
        return made

    def rebuild_index(self) -> None:
        """Places and positions, after instances came or went."""
        self._alike.clear()
        self.by_instance_path.clear()
        self._place(self.root, self.root.instance_path, self._plan)

    def _build(self, plan: NodeDefinition, place: str, parent: FormNode | None) -> FormNode:
        node = FormNode(plan, place, "" if plan.children else self._answers.get(place, plan.default_value))
        self.by_instance_path[place] = node
        steady = place == plan.path
        if not steady:
            self._alike.setdefault(plan.path, []).append(node)
        if parent is not None:
            node.parent = parent
            parent.children.append(node)
        if plan.plain_leaves:
            self._build_leaves(node, steady=steady)
            return node
        for slot in plan.children:
            if isinstance(slot, RepeatNodeDefinition):
                for number, one in enumerate(self._instance_plans(slot, place), 1):
                    self._build(one, f"{place}/{one.qualified_name}[{number}]", node)
            else:
                self._build(slot, slot.path if steady else f"{place}/{slot.qualified_name}", node)
        return node

    def _build_leaves(self, parent: FormNode, *, steady: bool) -> None:
        """Most nodes are leaves, and each step makes all of them: no call that can be spared. Half the time of a step
        would go into FormNode's own __init__, so its attributes are set here once more."""
        answers, by_place, make = self._answers, self.by_instance_path, FormNode.__new__
        children = parent.children
        for plan in parent.definition.plain_leaves:
            path = plan.path
            place = path if steady else f"{parent.instance_path}/{plan.qualified_name}"
            node = make(FormNode)
            node.name = plan.name
            node.kind = NodeKind.ELEMENT
            node.text = answers.get(place, plan.default_value)
            node.namespace = plan.namespace
            node.prefix = plan.prefix
            node.path = path
            node.parent = parent
            node.children = node.attributes = NO_NODES
            node.relevant = node.own_relevance = True
            node.hidden_value = ""
            node._shown = node.children_by_name = None
            node.definition = plan
            node.instance_path = place
            children.append(node)
            by_place[place] = node
            if not steady:
                self._alike.setdefault(path, []).append(node)

    def _instance_plans(self, slot: RepeatNodeDefinition, place: str) -> list[NodeDefinition]:
        number = self._instances.get(f"{place}/{slot.template.qualified_name}", len(slot.initial))
        return [instance_definition(slot, at) for at in range(min(number, MAX_INSTANCES))]

    def _place(self, node: FormNode, place: str, plan: NodeDefinition) -> None:
        """Give a node its place, and the plan that a rebuild has there: defaults belong to a position."""
        node.instance_path = place
        node.definition = plan
        self.by_instance_path[place] = node
        if place != plan.path:
            self._alike.setdefault(plan.path, []).append(node)
        slots = {slot.path: slot for slot in plan.children}
        numbers: dict[str, int] = {}
        for child in node.children:
            if not isinstance(child, FormNode):
                continue
            slot = slots.get(child.path)
            step = child.definition.qualified_name
            if isinstance(slot, RepeatNodeDefinition):
                number = numbers[step] = numbers.get(step, 0) + 1
                self._place(child, f"{place}/{step}[{number}]", instance_definition(slot, number - 1))
            else:
                self._place(child, f"{place}/{step}", child.definition if slot is None else slot)


def instance_definition(slot: RepeatNodeDefinition, at: int) -> NodeDefinition:
    """The plan of the instance at a position, from 0: beyond those that the form begins with, the template."""
    return slot.initial[at] if at < len(slot.initial) else slot.template


def placeholder_instance(slot: RepeatNodeDefinition, parent: FormNode) -> FormNode:
    """An instance that is in no tree, from which a count is read where there is none."""
    node = FormNode(slot.template, f"{parent.instance_path}/{slot.template.qualified_name}[0]", "")
    node.parent = parent
    return node


def repeat_node_definition(plan: NodeDefinition, path: str) -> RepeatNodeDefinition | None:
    """Where the repeat of that path stands under a plan, or None."""
    return next((slot for slot in plan.children if isinstance(slot, RepeatNodeDefinition) and slot.path == path), None)


def _paths_before(plan: NodeDefinition, slot: RepeatNodeDefinition) -> frozenset[str]:
    earlier = plan.children[: plan.children.index(slot)]
    return frozenset(other.path for other in earlier)


def _build_new(plan: NodeDefinition, place: str, beyond: RemovedInstances) -> FormNode:
    node = FormNode(plan, place, beyond.values.pop(place, plan.default_value))
    for slot in plan.children:
        if isinstance(slot, RepeatNodeDefinition):
            number = beyond.counts.pop(f"{place}/{slot.template.qualified_name}", len(slot.initial))
            for at in range(number):
                one = instance_definition(slot, at)
                node.append(_build_new(one, f"{place}/{one.qualified_name}[{at + 1}]", beyond))
        else:
            node.append(_build_new(slot, f"{place}/{slot.qualified_name}", beyond))
    return node
