"""Keeps the answers of instances that a lower repeat count removed. They come back if their instances do, and are never
sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kuule.forms.compile.model_definition import RepeatNodeDefinition
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.renumbering import renumber_instances
from kuule.forms.model.paths import without_positions


class RemovedInstances:
    """Values and instance counts by instance path, for nodes that are not in the tree now."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def load(
        self,
        values: Mapping[str, str],
        counts: Mapping[str, int],
        there: Collection[str],
        counted: Collection[str],
    ) -> None:
        """Take from a visit what belongs to instances that are not `there`. Only repeats in `counted`, whose number is
        computed, are kept: in all others a person adds and removes instances, and what a person removed is gone."""
        self.values = {
            instance_path: value
            for instance_path, value in values.items()
            if instance_path not in there and _is_in(instance_path, counted)
        }
        self.counts = {
            instance_path: count
            for instance_path, count in counts.items()
            if instance_path.rpartition("/")[0] not in there and _is_in(instance_path, counted)
        }

    def remember(self, instance: FormNode) -> None:
        """Keep the values of an instance that is being removed."""
        for node in (instance, *instance.descendants()):
            if not isinstance(node, FormNode):
                continue
            if node.definition.is_leaf and node.value != node.definition.default_value:
                self.values[node.instance_path] = node.value
            for repeat in node.definition.children:
                if isinstance(repeat, RepeatNodeDefinition):
                    instance_path = f"{node.instance_path}/{repeat.template.qualified_name}"
                    self.counts[instance_path] = sum(child.name == repeat.name for child in node.children)

    def renumber(self, removed: str) -> None:
        """A person removed an instance: those after it move up by one."""
        self.values = renumber_instances(self.values, removed)
        self.counts = renumber_instances(self.counts, removed)


def _is_in(instance_path: str, counted: Collection[str]) -> bool:
    path = without_positions(instance_path)
    return any(path.startswith(f"{repeat}/") for repeat in counted)
