"""What an XForm says, as frozen definitions, uncompiled and without any XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.forms.model.form_texts import TextTemplate

MAX_INSTANCES = 50
"""The most instances of one repeat in any form. Each repeat has its own bound (forms/compile/repeat_bounds.py)."""


@dataclass(frozen=True, slots=True)
class ModelNode:
    """An element of the primary or of a secondary instance. `name` has its prefix as the document writes it."""

    name: str
    namespace: str
    text: str
    children: tuple[ModelNode, ...]
    attributes: Mapping[str, str]
    template: bool = False


@dataclass(frozen=True, slots=True)
class Bind:
    """What the model says about one node: its type and its expressions as written; "" if it says nothing."""

    path: str
    value_type: str = "string"
    relevant: str = ""
    required: str = ""
    constraint: str = ""
    readonly: str = ""
    calculate: str = ""
    preload: str = ""
    preload_parameters: str = ""
    constraint_message: str = ""
    required_message: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue: the events, the node that it sets, and the value as an expression, or as a literal if that is
    None."""

    events: tuple[str, ...]
    ref: str
    expression: str | None
    literal: str
    source: str = ""
    """The path of the control or repeat it stands in, or "" in the model."""


@dataclass(frozen=True, slots=True)
class TextRef:
    """Where a text comes from: written here (`text`), or an expression (`jr:itext(…)` or a path)."""

    text: TextTemplate | None = None
    expression: str = ""


@dataclass(frozen=True, slots=True)
class InlineChoice:
    value: str
    label: TextRef


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices that come from nodes: `nodeset` as written, and the expressions for value and label, relative to each
    node."""

    nodeset: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class BodyControl:
    kind: str
    ref: str
    label: TextRef | None
    hint: TextRef | None
    appearance: frozenset[str]
    choices: tuple[InlineChoice, ...] = ()
    itemset: Itemset | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BodyGroup:
    ref: str
    label: TextRef | None
    appearance: frozenset[str]
    children: tuple[BodyElement, ...]


@dataclass(frozen=True, slots=True)
class BodyRepeat:
    ref: str
    count: str
    no_add_remove: str
    appearance: frozenset[str]
    children: tuple[BodyElement, ...]
    stated_max_instances: int = 0
    default_max_instances: int = 0
    """The most instances: as the author states, and the default if the author states none; 0 if the XForm has
    neither."""


BodyElement = BodyControl | BodyGroup | BodyRepeat


@dataclass(frozen=True, slots=True)
class XForm:
    """Everything that a form says, uncompiled. `itext` maps language to text id to form of the text ("" is the plain
    one)."""

    title: str
    form_id: str
    root: ModelNode
    binds: tuple[Bind, ...]
    actions: tuple[Action, ...]
    instances: Mapping[str, ModelNode]
    missing_instances: tuple[str, ...]
    """Ids of secondary instances whose data are in a file that was not found."""
    itext: Mapping[str, Mapping[str, Mapping[str, TextTemplate]]]
    default_language: str
    body: tuple[BodyElement, ...]
    namespaces: Mapping[str, str]
