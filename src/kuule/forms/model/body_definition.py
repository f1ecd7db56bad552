"""What a form's body is once compiled: sections, groups, repeats and questions, with the keys of their texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.forms.model.controls import Control
from kuule.forms.model.expressions import Formula


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """A choice of a list: its value and the key of its label."""

    value: str
    key: str


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """Where a question's choices come from.

    `listed` are the choices of a list (or written in the question); `formula` gives the nodes that are offered now,
    or None where all of `listed` are. `value` and `label` read one such node. `list_name` is None for choices that
    are made of answers.
    """

    list_name: str | None
    listed: tuple[ListedChoice, ...]
    formula: Formula | None = None
    value: Formula | None = None
    value_name: str = ""
    """The child's name, where `value` is no more than that: the quick way."""
    label: Formula | None = None
    constant: bool = False
    """True where `formula` gives the same nodes whatever was answered."""


@dataclass(frozen=True, slots=True)
class QuestionDefinition:
    """A question, or a note where `control` is None. Keys are "" where the form has no such text."""

    path: str
    control: Control | None
    value_type: str
    label: str
    hint: str
    guidance: str
    appearance: frozenset[str]
    choices: ChoiceSource | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    """Keys of the files beside its label, by kind (image, audio)."""
    bounds: tuple[str, str, str] | None = None
    required: Formula | None = None
    constraint: Formula | None = None
    readonly: Formula | None = None
    required_message: str = ""
    constraint_message: str = ""
    refused_type: str = ""
    """What it asks for that Kuule does not take (a position, a file), or ""."""


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """A group. `path` is "" for one that only stands in the body. A `field_list` is one page."""

    path: str
    label: str
    field_list: bool
    children: tuple[FormElement, ...]
    appearance: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RepeatDefinition:
    """A repeat. `count` says how many instances there are (read from an instance: `../` is the node around them);
    without it a person adds and removes them, unless `no_add_remove`."""

    path: str
    label: str
    field_list: bool
    count: Formula | None
    no_add_remove: Formula | None
    children: tuple[FormElement, ...]
    stated_max_instances: int = 0
    """Instances at most, as its author says; 0 where nothing is said."""
    default_max_instances: int = 0
    """The same where nothing else says how many; 0 in an XForm that was not converted here."""


FormElement = QuestionDefinition | GroupDefinition | RepeatDefinition


@dataclass(frozen=True, slots=True)
class BodyDefinition:
    """The body in order, and its questions by path."""

    elements: tuple[FormElement, ...]
    questions: Mapping[str, QuestionDefinition]
    repeats: Mapping[str, RepeatDefinition]
    max_instances: Mapping[str, int] = field(default_factory=dict)
    """For each repeat, how many instances it has at most in one place."""

    def max_instances_within(self, repeats: Iterable[str]) -> int:
        """How many there can be at most of what stands in all of these repeats, each within the one before."""
        return math.prod(self.max_instances[repeat] for repeat in repeats)


def questions_of(elements: tuple[FormElement, ...]) -> Iterator[QuestionDefinition]:
    """Every question and note in document order."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield element
        else:
            yield from questions_of(element.children)


def repeats_of(elements: tuple[FormElement, ...]) -> Iterator[RepeatDefinition]:
    for element in elements:
        if not isinstance(element, QuestionDefinition):
            if isinstance(element, RepeatDefinition):
                yield element
            yield from repeats_of(element.children)
