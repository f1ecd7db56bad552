"""The compiled body of a form: sections, groups, repeats and questions, with the keys of their texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.forms.model.controls import Control
from kuule.forms.model.expressions import Formula


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """A choice in a list: its value and the key of its label."""

    value: str
    key: str


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """Where a question's choices come from.

    `listed` has the choices of a list (or those written in the question). `formula` gives the nodes that are offered
    now, or is None if all of `listed` are. `value` and `label` are read from one such node. `list_name` is None for
    choices made of answers.
    """

    list_name: str | None
    listed: tuple[ListedChoice, ...]
    formula: Formula | None = None
    value: Formula | None = None
    value_name: str = ""
    """The name of the child that has the value, if `value` would be no more than that. It is faster to read."""
    label: Formula | None = None
    constant: bool = False
    """Whether `formula` gives the same nodes whatever was answered."""


@dataclass(frozen=True, slots=True)
class QuestionDefinition:
    """A question, or a note if `control` is None. A text key is "" if the form has no such text."""

    path: str
    control: Control | None
    value_type: str
    label: str
    hint: str
    guidance: str
    appearance: frozenset[str]
    choices: ChoiceSource | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    """The keys of the files beside its label, by kind (image, audio)."""
    bounds: tuple[str, str, str] | None = None
    required: Formula | None = None
    constraint: Formula | None = None
    readonly: Formula | None = None
    required_message: str = ""
    constraint_message: str = ""
    refused_type: str = ""
    """What it asks for that Kuule does not accept (a position, a file), or ""."""


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """A group. `path` is "" for a group without a node in the model. A group with `field_list` is one page."""

    path: str
    label: str
    field_list: bool
    children: tuple[FormElement, ...]
    appearance: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RepeatDefinition:
    """A repeat. `count` gives the number of its instances (evaluated at an instance, so that `../` is its parent).
    Without it a person adds and removes instances, unless `no_add_remove` is true."""

    path: str
    label: str
    field_list: bool
    count: Formula | None
    no_add_remove: Formula | None
    children: tuple[FormElement, ...]
    stated_max_instances: int = 0
    """The most instances, as its author states; 0 if nothing is stated."""
    default_max_instances: int = 0
    """The most instances if its author states none; 0 in an XForm that Kuule did not convert."""


FormElement = QuestionDefinition | GroupDefinition | RepeatDefinition


@dataclass(frozen=True, slots=True)
class BodyDefinition:
    """The elements of the body in order, and its questions and repeats by path."""

    elements: tuple[FormElement, ...]
    questions: Mapping[str, QuestionDefinition]
    repeats: Mapping[str, RepeatDefinition]
    question_places: Mapping[str, int]
    """The place of each question in document order, by path: every page asks for it."""
    max_instances: Mapping[str, int] = field(default_factory=dict)
    """For each repeat, the most instances that it can have under one parent."""

    def max_instances_within(self, repeats: Iterable[str]) -> int:
        """The most nodes there can be of an item inside all of these repeats, each of which is inside the one
        before."""
        return math.prod(self.max_instances[repeat] for repeat in repeats)


def questions_of(elements: tuple[FormElement, ...]) -> Iterator[QuestionDefinition]:
    """Every question and note, in document order."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield element
        else:
            yield from questions_of(element.children)


def containers_of(elements: tuple[FormElement, ...]) -> Iterator[GroupDefinition | RepeatDefinition]:
    """Every group and repeat, in document order."""
    for element in elements:
        if not isinstance(element, QuestionDefinition):
            yield element
            yield from containers_of(element.children)
