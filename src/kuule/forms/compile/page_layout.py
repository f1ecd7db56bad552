"""Where the pages of a form are, found once: in a form without repeats only their relevance differs between visits.

A page is a group with the appearance field-list, or a question outside such a group. What is in a repeat, or in a group
whose node is not around the nodes of its questions, is found anew for each response (`navigation.page_refs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kuule.forms.model.body_definition import (
    FormElement,
    GroupDefinition,
    QuestionDefinition,
    RepeatDefinition,
    questions_of,
)


class FixedPage(NamedTuple):
    """A page that is always at the same place: its key, what is on it, the node that the key names, the groups around
    it and its section. `asked` are all questions and notes that can be shown on it."""

    key: str
    element: FormElement
    node_path: str
    around: tuple[FormElement, ...]
    section: FormElement | None
    asked: tuple[QuestionDefinition, ...]


class ElementPlace(NamedTuple):
    """An element whose pages only a walk through the response can tell, and where it stands: inside the node
    `node_path`, the groups `around` it and its section."""

    element: FormElement
    node_path: str
    around: tuple[FormElement, ...] = ()
    section: FormElement | None = None


PageLayout = tuple[FixedPage | ElementPlace, ...]
"""The pages in document order: each page outside repeats, and the places where there can be others."""


def lay_out_pages(elements: tuple[FormElement, ...], root: str) -> PageLayout:
    """The layout of a body; `root` is the path of the model's root."""
    return tuple(page for element in elements for page in _pages(ElementPlace(element, root)))


def can_be_shown(question: QuestionDefinition) -> bool:
    """Whether a question or note is shown where it is relevant and has something to offer."""
    return not question.refused_type and bool(question.control is not None or question.label or question.hint)


def group_key(group: GroupDefinition, node_path: str, first: str) -> str:
    """The key of a group's page: its instance path. A group without a node is named by the instance path of its `first`
    question, with "#" added."""
    return node_path if group.path else f"{first or node_path}#"


def _pages(place: ElementPlace) -> Iterator[FixedPage | ElementPlace]:
    element = place.element
    if isinstance(element, RepeatDefinition):
        yield place
    elif isinstance(element, QuestionDefinition):
        if can_be_shown(element):
            yield FixedPage(element.path, element, element.path, place.around, place.section, (element,))
    elif _is_around_its_questions(element):
        yield from _group_pages(element, place)
    else:
        yield place


def _group_pages(group: GroupDefinition, place: ElementPlace) -> Iterator[FixedPage | ElementPlace]:
    section = place.section if place.section is not None or place.around else group
    node_path = group.path or place.node_path
    if not group.field_list:
        around = (*place.around, group) if section is not group else place.around
        for child in group.children:
            yield from _pages(ElementPlace(child, node_path, around, section))
    elif _has_repeats(group):
        yield place
    elif asked := tuple(filter(can_be_shown, questions_of(group.children))):
        first = next(questions_of(group.children)).path
        yield FixedPage(group_key(group, node_path, first), group, node_path, place.around, section, asked)


def _is_around_its_questions(element: FormElement) -> bool:
    """Whether all questions of a group are below its node, so that they are not relevant where it is not. In a group
    without a node, they stand where it stands."""
    if isinstance(element, QuestionDefinition):
        return True
    inside = all(question.path.startswith(f"{element.path}/") for question in questions_of((element,)))
    return (inside or not element.path) and all(map(_is_around_its_questions, element.children))


def _has_repeats(group: GroupDefinition) -> bool:
    inner = (child for child in group.children if not isinstance(child, QuestionDefinition))
    return any(isinstance(child, RepeatDefinition) or _has_repeats(child) for child in inner)
