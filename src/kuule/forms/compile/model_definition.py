"""The shape of a response, compiled once: which nodes there are, which of them repeat, and their default values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.types.type_registry import stored_form_for
from kuule.forms.xform.definitions import Bind, ModelNode


@dataclass(frozen=True, slots=True)
class NodeDefinition:
    """The definition of one node. `path` has names only, `default_value` is in stored form, and `children` are in
    document order."""

    name: str
    prefix: str
    namespace: str
    path: str
    value_type: str
    default_value: str
    qualified_name: str
    """The name with its prefix, as it stands in a path."""
    attributes: tuple[tuple[str, str], ...]
    children: tuple[NodeDefinition | RepeatNodeDefinition, ...]
    plain_leaves: tuple[NodeDefinition, ...] = ()
    """The children, if all of them are leaves without attributes and no two have the same name; else ()."""

    @property
    def has_unique_paths(self) -> bool:
        """Whether each path of names leads to one node, apart from repeats: no prefixes, and no name twice under one
        parent."""
        return not self.prefix and all(child.has_unique_paths for child in self.children) and self._names_differ()

    def _names_differ(self) -> bool:
        return len({child.name for child in self.children}) == len(self.children)

    @property
    def is_leaf(self) -> bool:
        return not self.children

    def walk(self) -> Iterator[NodeDefinition]:
        """This definition and all below it, in document order. The template of a repeat stands for its instances."""
        yield self
        for child in self.children:
            yield from (child.template if isinstance(child, RepeatNodeDefinition) else child).walk()


@dataclass(frozen=True, slots=True)
class RepeatNodeDefinition:
    """A repeat among its siblings. `initial` has the instances that the form begins with."""

    path: str
    template: NodeDefinition
    initial: tuple[NodeDefinition, ...]

    @property
    def name(self) -> str:
        return self.template.name

    @property
    def has_unique_paths(self) -> bool:
        return self.template.has_unique_paths


NodeLayout = tuple[tuple[NodeDefinition | RepeatNodeDefinition, int], ...]
"""Every node below the root and outside repeats, in document order, with the number of its parent: the root is 0, and
the others are counted from there. A repeat stands for its instances and has no number."""


def lay_out(model: NodeDefinition) -> NodeLayout:
    """The layout of a model."""
    found: list[tuple[NodeDefinition | RepeatNodeDefinition, int]] = []
    numbered = 0

    def add_below(definition: NodeDefinition, number: int) -> None:
        nonlocal numbered
        for child in definition.children:
            found.append((child, number))
            if not isinstance(child, RepeatNodeDefinition):
                numbered += 1
                add_below(child, numbered)

    add_below(model, 0)
    return tuple(found)


_METADATA = re.compile(r"/[^/]+/(?:[^/:]+:)?meta(?:/.*)?")


def is_metadata(path: str) -> bool:
    """Whether a path is in the form's metadata block (`/data/meta/…`), which Kuule leaves empty."""
    return _METADATA.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What building needs. `repeats` are the paths of the body's repeats; `never_empty` those that begin with an
    instance."""

    binds: Mapping[str, Bind]
    repeats: frozenset[str]
    never_empty: frozenset[str]


def define_model(
    root: ModelNode, binds: Mapping[str, Bind], repeats: frozenset[str], never_empty: frozenset[str] = frozenset()
) -> NodeDefinition:
    """The definition of a primary instance. `repeats` are the paths of the body's repeats."""
    return _define(root, "", _Inputs(binds, repeats, never_empty))


def _define(model: ModelNode, above: str, inputs: _Inputs) -> NodeDefinition:
    path = f"{above}/{model.name}"
    bind = inputs.binds.get(path)
    value_type = bind.value_type if bind is not None else "string"
    prefix, _, name = model.name.rpartition(":")
    children = tuple(_children(model, path, inputs))
    return NodeDefinition(
        name=name,
        prefix=prefix,
        namespace=model.namespace,
        path=path,
        value_type=value_type,
        default_value=stored_form_for(value_type)(model.text) if not model.children else "",
        qualified_name=model.name,
        attributes=tuple(model.attributes.items()),
        children=children,
        plain_leaves=_leaves(children),
    )


def _leaves(children: tuple[NodeDefinition | RepeatNodeDefinition, ...]) -> tuple[NodeDefinition, ...]:
    found = tuple(
        child for child in children if isinstance(child, NodeDefinition) and child.is_leaf and not child.attributes
    )
    return found if len({child.name for child in found}) == len(children) else ()


def _children(model: ModelNode, path: str, inputs: _Inputs) -> Iterator[NodeDefinition | RepeatNodeDefinition]:
    seen: set[str] = set()
    for child in model.children:
        child_path = f"{path}/{child.name}"
        if child_path not in inputs.repeats:
            yield _define(child, path, inputs)
        elif child_path not in seen:
            seen.add(child_path)
            alike = [other for other in model.children if other.name == child.name]
            template = next((other for other in alike if other.template), alike[0])
            initial = tuple(_define(other, path, inputs) for other in alike if not other.template)
            definition = _define(template, path, inputs)
            if not initial and child_path in inputs.never_empty:
                initial = (definition,)
            yield RepeatNodeDefinition(child_path, definition, initial)
