"""The shape of a response, compiled once: what nodes there are, which repeat, and what stands in them at first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.codecs.value_types import stored_form
from kuule.forms.definitions import Bind, ModelNode
from kuule.forms.tree import Kind, Node


@dataclass(frozen=True, slots=True)
class Plan:
    """One node to be: `path` has names only; `text` is its default in stored form; `children` are slots in order."""

    name: str
    prefix: str
    namespace: str
    path: str
    value_type: str
    text: str
    step: str
    """The name as it stands in a path, with its prefix."""
    attributes: tuple[tuple[str, str], ...]
    slots: tuple[Plan | RepeatPlan, ...]
    leaves: tuple[Plan, ...] = ()
    """The slots, where all of them are leaves without attributes and each has a name of its own; else ()."""

    @property
    def direct(self) -> bool:
        """Whether a path of names leads to one node, repeats apart: no prefixes, and no name twice in one place."""
        return not self.prefix and all(slot.direct for slot in self.slots) and self._names_differ()

    def _names_differ(self) -> bool:
        return len({slot.name for slot in self.slots}) == len(self.slots)

    @property
    def leaf(self) -> bool:
        return not self.slots

    def walk(self) -> Iterator[Plan]:
        """This plan and all below it in document order; a repeat's template stands for its instances."""
        yield self
        for slot in self.slots:
            yield from (slot.template if isinstance(slot, RepeatPlan) else slot).walk()


@dataclass(frozen=True, slots=True)
class RepeatPlan:
    """Where a repeat stands among its siblings. `initial` are the instances that the form begins with."""

    path: str
    template: Plan
    initial: tuple[Plan, ...]

    @property
    def name(self) -> str:
        return self.template.name

    @property
    def direct(self) -> bool:
        return self.template.direct


_METADATA = re.compile(r"/[^/]+/(?:[^/:]+:)?meta(?:/.*)?")


def is_metadata(path: str) -> bool:
    """Whether a path is the form's metadata block (`/data/meta/…`), which Kuule leaves empty."""
    return _METADATA.fullmatch(path) is not None


NONE: list[Node] = []
"""The children of every leaf and the attributes of most nodes: nobody adds to a leaf, and lists cost time to make."""


class FormNode(Node):
    """A node of a response. `place` is its path with positions (`/data/child[2]/age`); `own` is its own relevance."""

    __slots__ = ("own", "plan")

    def __init__(self, plan: Plan, place: str, text: str) -> None:
        # Written out instead of calling Node.__init__: a form of 300 questions makes 300 of these for each step.
        self.name = plan.name
        self.kind = Kind.ELEMENT
        self.text = text
        self.namespace = plan.namespace
        self.prefix = plan.prefix
        self.path = plan.path
        self.parent = None
        self.children = [] if plan.slots else NONE
        self.attributes = [] if plan.attributes else NONE
        self.relevant = True
        self.kept = ""
        self._shown = None
        self.index = None
        self.plan = plan
        self.place = place
        self.own = True
        if plan.attributes:
            for name, value in plan.attributes:
                self.set_attribute(name, value)

    def indexed(self) -> dict[str, list[Node]]:
        """As a Node's; where each child has a name of its own, without looking for others of it."""
        if not self.plan.leaves:
            return super().indexed()
        index = self.index = {child.name: [child] for child in self.children}
        return index

    @property
    def value(self) -> str:
        """The stored value, also while the node is not relevant and reads as blank."""
        return self.text if self.relevant else self.kept


@dataclass(frozen=True, slots=True)
class _Planning:
    """`repeats` are the paths of the body's repeats, `never_empty` those that begin with one instance at least."""

    binds: Mapping[str, Bind]
    repeats: frozenset[str]
    never_empty: frozenset[str]


def plan_model(
    root: ModelNode, binds: Mapping[str, Bind], repeats: frozenset[str], never_empty: frozenset[str] = frozenset()
) -> Plan:
    """The plan of a primary instance. `repeats` are the paths of the body's repeats."""
    return _plan(root, "", _Planning(binds, repeats, never_empty))


def _plan(model: ModelNode, above: str, planning: _Planning) -> Plan:
    path = f"{above}/{model.name}"
    bind = planning.binds.get(path)
    value_type = bind.value_type if bind is not None else "string"
    prefix, _, name = model.name.rpartition(":")
    slots = tuple(_slots(model, path, planning))
    return Plan(
        name=name,
        prefix=prefix,
        namespace=model.namespace,
        path=path,
        value_type=value_type,
        text=stored_form(value_type)(model.text) if not model.children else "",
        step=model.name,
        attributes=tuple(model.attributes.items()),
        slots=slots,
        leaves=_leaves(slots),
    )


def _leaves(slots: tuple[Plan | RepeatPlan, ...]) -> tuple[Plan, ...]:
    found = tuple(slot for slot in slots if isinstance(slot, Plan) and slot.leaf and not slot.attributes)
    return found if len({slot.name for slot in found}) == len(slots) else ()


def _slots(model: ModelNode, path: str, planning: _Planning) -> Iterator[Plan | RepeatPlan]:
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
            yield RepeatPlan(child_path, plan, initial)
