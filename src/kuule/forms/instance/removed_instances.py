"""Answers in instances that a lowered repeat count took away: they come back with their instances, and are not sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kuule.forms.compile.model_definition import RepeatNodeDefinition
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.renumbering import renumber_instances
from kuule.forms.model.paths import without_positions


class RemovedInstances:
    """Values and numbers of instances by place, for places that are not in the tree now."""

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
        """Take up what a visit carries of instances that are not `there`. `counted` are the paths of repeats whose
        number is computed; a person adds to and removes from all others, and what a person removed is gone.
        """
        self.values = {place: value for place, value in values.items() if place not in there and _is_in(place, counted)}
        self.counts = {
            place: count
            for place, count in counts.items()
            if place.rpartition("/")[0] not in there and _is_in(place, counted)
        }

    def remember(self, instance: FormNode) -> None:
        """Remember an instance that is taken away."""
        for node in (instance, *instance.descendants()):
            if not isinstance(node, FormNode):
                continue
            if node.definition.is_leaf and node.value != node.definition.default_value:
                self.values[node.instance_path] = node.value
            for slot in node.definition.children:
                if isinstance(slot, RepeatNodeDefinition):
                    place = f"{node.instance_path}/{slot.template.qualified_name}"
                    self.counts[place] = sum(child.name == slot.name for child in node.children)

    def renumber(self, removed: str) -> None:
        """An instance was removed by the person: those after it move up."""
        self.values = renumber_instances(self.values, removed)
        self.counts = renumber_instances(self.counts, removed)


def _is_in(place: str, counted: Collection[str]) -> bool:
    path = without_positions(place)
    return any(path.startswith(f"{repeat}/") for repeat in counted)
