"""A Spot to a Page: its parts in order, with words, choices, what was typed and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kuule.forms.compile.follow_ups import FollowUp
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import (
    FormElement,
    GroupDefinition,
    QuestionDefinition,
    RepeatDefinition,
    questions_of,
)
from kuule.forms.model.form_texts import escape_markdown
from kuule.forms.navigation.filled_texts import FilledTexts, repeat_instances_around
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question, RepeatControls
from kuule.forms.navigation.page_refs import (
    PageRef,
    can_add_and_remove,
    group_node,
    instance_path_in,
    repeat_instances,
    shown_node,
    shown_questions_on_page,
)
from kuule.forms.types.type_registry import question_type
from kuule.forms.types.violations import Violation


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What a page shows beside the questions: raw text that did not fit, why, and which questions are new."""

    typed: Mapping[str, str] = field(default_factory=dict)
    violations: Mapping[str, Violation] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    """Paths that must be answered though the form does not say so: gates."""


class PageMaker:
    """Makes pages of one response in one language."""

    def __init__(self, response: Response, longest_text: int, marks: PageMarks) -> None:
        self._response = response
        self._wording = FilledTexts(response)
        self._longest_text = longest_text
        self._marks = marks

    def page(self, spot: PageRef, spots: tuple[PageRef, ...]) -> Page:
        """The page of one spot; `spots` are all pages, to tell the section's number."""
        parts = nest_follow_ups(tuple(self._parts(spot)), self._response)
        sections = list(dict.fromkeys(one.section.path for one in spots if one.section is not None))
        number = sections.index(spot.section.path) + 1 if spot.section is not None else 0
        required = any(part.required for part in parts if isinstance(part, Question))
        return Page(
            key=spot.key,
            section=self._section(spot),
            section_number=number,
            sections=len(sections),
            parts=parts,
            first=bool(spots) and spots[0].key == spot.key,
            can_pass=not required,
            instances=repeat_instances_around(self._response, self._wording, spot.node.instance_path),
            waiting=tuple(self._waiting(spot, parts)),
        )

    def _waiting(self, spot: PageRef, parts: tuple[PagePart, ...]) -> Iterator[Question]:
        """Follow-ups of a choice on this page that is not chosen, ready to be shown as soon as it is."""
        elements = () if isinstance(spot.element, QuestionDefinition) or spot.adds_to else spot.element.children
        for ask in questions_of(elements):
            follow_up = self._response.form.follow_ups.get(ask.path)
            if follow_up is None or ask.control is None or ask.refused_type:
                continue
            for node in self._response.nodes(ask.path):
                inside = host_choice(follow_up, node, parts)
                if inside is not None and not node.relevant and not is_readonly(self._response, ask, node):
                    yield replace(self._question(ask, node), nested_in=inside)

    def _section(self, spot: PageRef) -> str:
        section = spot.section
        if section is None or isinstance(section, QuestionDefinition):
            return ""
        within = isinstance(section, RepeatDefinition) and not (
            spot.adds_to and spot.element is section and not self._tells(section)
        )
        return "" if within else self._label(section.label)

    def _label(self, key: str, node: FormNode | None = None) -> str:
        return self._wording.text(key, node if node is not None else self._response.root)

    def _parts(self, spot: PageRef) -> Iterator[PagePart]:
        element = spot.element
        if spot.adds_to and isinstance(element, RepeatDefinition):
            yield self._add(element, spot.node, spot.adds_to)
            return
        if isinstance(element, QuestionDefinition):
            for around in spot.ancestors[-1:]:
                if not isinstance(around, QuestionDefinition) and around.label and around is not spot.section:
                    yield PageHeading(around.path, self._label(around.label, spot.node), 2)
        elif element.label and element is not spot.section:
            yield PageHeading(element.path, self._label(element.label, spot.node), 2)
        if spot.removes:
            yield self._remove(spot.ancestors, element, spot.removes)
        if isinstance(element, QuestionDefinition):
            yield from self._ask(element, spot.node)
        else:
            yield from self._children(element.children, spot.node, 3)

    def _children(self, elements: tuple[FormElement, ...], inside: FormNode, level: int) -> Iterator[PagePart]:
        for element in elements:
            if isinstance(element, QuestionDefinition):
                node = shown_node(self._response, element, inside)
                if node is not None:
                    yield from self._ask(element, node)
            elif isinstance(element, GroupDefinition):
                node = group_node(self._response, element, inside)
                parts = () if node is None else tuple(self._children(element.children, node, level + 1))
                if node is not None and parts:
                    if element.label:
                        yield PageHeading(node.instance_path, self._label(element.label, node), level)
                    yield from parts
            else:
                yield from self._loop(element, inside, level)

    def _loop(self, loop: RepeatDefinition, inside: FormNode, level: int) -> Iterator[PagePart]:
        found = repeat_instances(self._response, loop, inside)
        if found is None:
            return
        parent, instances = found
        changes = can_add_and_remove(self._response, loop, parent)
        for instance in instances:
            if not instance.relevant:
                continue
            if loop.label:
                yield PageHeading(instance.instance_path, self._label(loop.label, instance), level, self._tells(loop))
            if changes:
                yield self._remove((loop,), loop, instance.instance_path)
            yield from self._children(loop.children, instance, level + 1)
        if changes:
            yield self._add(loop, parent, instance_path_in(loop.path, inside))

    def _add(self, loop: RepeatDefinition, parent: FormNode, place: str) -> RepeatControls:
        present = sum(child.path == loop.path for child in parent.children)
        can_add = present < self._response.form.body.max_instances[loop.path]
        label = "" if self._tells(loop) else self._label(loop.label, parent)
        return RepeatControls(place, label, can_add, None)

    def _remove(self, around: tuple[FormElement, ...], element: FormElement, place: str) -> RepeatControls:
        loop = next((one for one in (element, *reversed(around)) if isinstance(one, RepeatDefinition)), None)
        told = loop is not None and self._tells(loop)
        label = "" if loop is None else self._label(loop.label, self._response.node(place))
        return RepeatControls(place.rpartition("[")[0], label, can_add=False, removes=place, names_instance=told)

    def _tells(self, loop: RepeatDefinition) -> bool:
        return self._wording.reads_below(loop.label, loop.path)

    def _ask(self, ask: QuestionDefinition, node: FormNode) -> Iterator[PagePart]:
        if ask.control is None or is_readonly(self._response, ask, node):
            yield self._note(ask, node)
        else:
            yield self._question(ask, node)

    def _note(self, ask: QuestionDefinition, node: FormNode) -> Note:
        label = self._label(ask.label, node)
        if node.text:
            label = f"{label}\n\n{escape_markdown(node.text)}".strip()
        hint, media = self._label(ask.hint, node), self._wording.media(ask.media, node)
        return Note(
            node.instance_path,
            label,
            hint,
            media,
            same_for_everyone=not node.text and self._wording.is_same_for_everyone(ask),
        )

    def _question(self, ask: QuestionDefinition, node: FormNode) -> Question:
        marks = self._marks
        raw, type_ = marks.typed.get(node.instance_path), question_type(ask.control)
        return Question(
            path=node.instance_path,
            field=node.instance_path,
            control=type_.control,
            label=self._label(ask.label, node),
            hint=self._label(ask.hint, node),
            guidance=self._label(ask.guidance, node),
            choices=self._wording.choices(ask, node),
            appearance=ask.appearance,
            required=is_required(self._response, ask, node, marks.required),
            typed=type_.encode(ask, node.value) if raw is None else type_.split_typed(raw),
            max_length=type_.max_length(self._longest_text),
            bounds=ask.bounds,
            violation=marks.violations.get(node.instance_path),
            fresh=node.instance_path in marks.fresh,
            media=self._wording.media(ask.media, node),
            same_for_everyone=self._wording.is_same_for_everyone(ask),
        )


def nest_follow_ups(parts: tuple[PagePart, ...], response: Response) -> tuple[PagePart, ...]:
    """The parts, each follow-up with the choice of this page in which it stands."""
    follow_ups = response.form.follow_ups
    if not follow_ups:
        return parts
    placed: list[PagePart] = []
    for part in parts:
        node = response.node(part.path) if isinstance(part, Question) else None
        follow_up = None if node is None else follow_ups.get(node.path)
        if node is not None and follow_up is not None and isinstance(part, Question):
            part = replace(part, nested_in=host_choice(follow_up, node, parts))
        placed.append(part)
    return tuple(placed)


def host_choice(follow_up: FollowUp, node: FormNode, parts: tuple[PagePart, ...]) -> tuple[str, str] | None:
    """(place of the question on this page, value of its choice) of a follow-up, or None where it has no such place."""
    parent = node.parent
    if not isinstance(parent, FormNode) or not parent.relevant:
        return None
    beside = f"{parent.instance_path}/{follow_up.question.rpartition('/')[2]}"
    for part in parts:
        # In a repeat only a question of the same instance will do; outside, a path is a place.
        if not isinstance(part, Question) or part.path not in (beside, follow_up.question):
            continue
        can_nest = question_type(part.control).can_nest(exclusive=follow_up.exclusive)
        if can_nest and any(choice.value == follow_up.value for choice in part.choices):
            return part.path, follow_up.value
    return None


def is_readonly(response: Response, ask: QuestionDefinition, node: FormNode) -> bool:
    return ask.readonly is not None and ask.readonly.boolean(node, response.context)


def is_required(
    response: Response, ask: QuestionDefinition, node: FormNode, gates: frozenset[str] = frozenset()
) -> bool:
    """Whether the question has to be answered: the form says so, or it is a gate's."""
    return ask.path in gates or (ask.required is not None and ask.required.boolean(node, response.context))


def questions_on_page(response: Response, spot: PageRef) -> list[tuple[QuestionDefinition, FormNode]]:
    """What a page asks now: its questions that can be answered."""
    return [
        (ask, node)
        for ask, node in shown_questions_on_page(response, spot)
        if ask.control is not None and not is_readonly(response, ask, node)
    ]
