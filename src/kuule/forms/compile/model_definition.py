"""The shape of a response, compiled once: what nodes there are, which repeat, and what stands in them at first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.types.type_registry import stored_form_for
from kuule.forms.xform.definitions import Bind, ModelNode


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
