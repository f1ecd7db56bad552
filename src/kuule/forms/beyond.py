"""Answers in instances that a lowered repeat count took away: they come back with their instances, and are not sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kuule.forms.blueprint import FormNode, RepeatPlan
from kuule.forms.instances import renumbered

_POSITION = re.compile(r"\[\d+\]")


class Beyond:
    """Values and numbers of instances by place, for places that are not in the tree now."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def recall(
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

    def hold(self, instance: FormNode) -> None:
        """Remember an instance that is taken away."""
        for node in (instance, *instance.descendants()):
            if not isinstance(node, FormNode):
                continue
            if node.plan.leaf and node.value != node.plan.text:
                self.values[node.place] = node.value
            for slot in node.plan.slots:
                if isinstance(slot, RepeatPlan):
                    place = f"{node.place}/{slot.template.step}"
                    self.counts[place] = sum(child.name == slot.name for child in node.children)

    def renumber(self, removed: str) -> None:
        """An instance was removed by the person: those after it move up."""
        self.values = renumbered(self.values, removed)
        self.counts = renumbered(self.counts, removed)


def _is_in(place: str, counted: Collection[str]) -> bool:
    path = _POSITION.sub("", place)
    return any(path.startswith(f"{repeat}/") for repeat in counted)
