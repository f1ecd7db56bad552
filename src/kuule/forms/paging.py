"""A Spot to a Page: its parts in order, with words, choices, what was typed and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kuule.forms.answers import encode, longest, typed_values
from kuule.forms.blueprint import FormNode
from kuule.forms.follow_ups import FollowUp
from kuule.forms.layout import Ask, Block, Element, Loop, asks_of
from kuule.forms.page import Control, Heading, Note, Page, Part, Question, RepeatControls, Unfit
from kuule.forms.response import Response
from kuule.forms.spots import (
    Spot,
    asks_of_spot,
    block_node,
    can_change,
    loop_instances,
    place_in,
    shown,
)
from kuule.forms.texts import escape_markdown
from kuule.forms.whereabouts import instances_of
from kuule.forms.wording import Wording


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page shows beside the questions: raw text that did not fit, why, and which questions are new."""

    typed: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    """Paths that must be answered though the form does not say so: gates."""


class PageMaker:
    """Makes pages of one response in one language."""

    def __init__(self, response: Response, longest_text: int, marks: Marks) -> None:
        self._response = response
        self._wording = Wording(response)
        self._longest_text = longest_text
        self._marks = marks

    def page(self, spot: Spot, spots: tuple[Spot, ...]) -> Page:
        """The page of one spot; `spots` are all pages, to tell the section's number."""
        parts = with_places(tuple(self._parts(spot)), self._response)
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
            instances=instances_of(self._response, self._wording, spot.node.place),
            waiting=tuple(self._waiting(spot, parts)),
        )

    def _waiting(self, spot: Spot, parts: tuple[Part, ...]) -> Iterator[Question]:
        """Follow-ups of a choice on this page that is not chosen, ready to be shown as soon as it is."""
        elements = () if isinstance(spot.element, Ask) or spot.adds else spot.element.children
        for ask in asks_of(elements):
            follow_up = self._response.form.follow_ups.get(ask.path)
            if follow_up is None or ask.control is None or ask.refused:
                continue
            for node in self._response.nodes(ask.path):
                inside = place_inside(follow_up, node, parts)
                if inside is not None and not node.relevant and not is_readonly(self._response, ask, node):
                    yield replace(self._question(ask, node), inside=inside)

    def _section(self, spot: Spot) -> str:
        section = spot.section
        if section is None or isinstance(section, Ask):
            return ""
        within = isinstance(section, Loop) and not (spot.adds and spot.element is section and not self._tells(section))
        return "" if within else self._label(section.label)

    def _label(self, key: str, node: FormNode | None = None) -> str:
        return self._wording.text(key, node if node is not None else self._response.root)

    def _parts(self, spot: Spot) -> Iterator[Part]:
        element = spot.element
        if spot.adds and isinstance(element, Loop):
            yield self._add(element, spot.node, spot.adds)
            return
        if isinstance(element, Ask):
            for around in spot.around[-1:]:
                if not isinstance(around, Ask) and around.label and around is not spot.section:
                    yield Heading(around.path, self._label(around.label, spot.node), 2)
        elif element.label and element is not spot.section:
            yield Heading(element.path, self._label(element.label, spot.node), 2)
        if spot.removes:
            yield self._remove(spot.around, element, spot.removes)
        if isinstance(element, Ask):
            yield from self._ask(element, spot.node)
        else:
            yield from self._children(element.children, spot.node, 3)

    def _children(self, elements: tuple[Element, ...], inside: FormNode, level: int) -> Iterator[Part]:
        for element in elements:
            if isinstance(element, Ask):
                node = shown(self._response, element, inside)
                if node is not None:
                    yield from self._ask(element, node)
            elif isinstance(element, Block):
                node = block_node(self._response, element, inside)
                parts = () if node is None else tuple(self._children(element.children, node, level + 1))
                if node is not None and parts:
                    if element.label:
                        yield Heading(node.place, self._label(element.label, node), level)
                    yield from parts
            else:
                yield from self._loop(element, inside, level)

    def _loop(self, loop: Loop, inside: FormNode, level: int) -> Iterator[Part]:
        found = loop_instances(self._response, loop, inside)
        if found is None:
            return
        parent, instances = found
        changes = can_change(self._response, loop, parent)
        for instance in instances:
            if not instance.relevant:
                continue
            if loop.label:
                yield Heading(instance.place, self._label(loop.label, instance), level, self._tells(loop))
            if changes:
                yield self._remove((loop,), loop, instance.place)
            yield from self._children(loop.children, instance, level + 1)
        if changes:
            yield self._add(loop, parent, place_in(loop.path, inside))

    def _add(self, loop: Loop, parent: FormNode, place: str) -> RepeatControls:
        present = sum(child.path == loop.path for child in parent.children)
        can_add = present < self._response.form.layout.most[loop.path]
        label = "" if self._tells(loop) else self._label(loop.label, parent)
        return RepeatControls(place, label, can_add, None)

    def _remove(self, around: tuple[Element, ...], element: Element, place: str) -> RepeatControls:
        loop = next((one for one in (element, *reversed(around)) if isinstance(one, Loop)), None)
        told = loop is not None and self._tells(loop)
        label = "" if loop is None else self._label(loop.label, self._response.node(place))
        return RepeatControls(place.rpartition("[")[0], label, can_add=False, removes=place, told=told)

    def _tells(self, loop: Loop) -> bool:
        return self._wording.reads_within(loop.label, loop.path)

    def _ask(self, ask: Ask, node: FormNode) -> Iterator[Part]:
        if ask.control is None or is_readonly(self._response, ask, node):
            yield self._note(ask, node)
        else:
            yield self._question(ask, node)

    def _note(self, ask: Ask, node: FormNode) -> Note:
        label = self._label(ask.label, node)
        if node.text:
            label = f"{label}\n\n{escape_markdown(node.text)}".strip()
        hint, media = self._label(ask.hint, node), self._wording.media(ask.media, node)
        return Note(node.place, label, hint, media, steady=not node.text and self._wording.is_steady(ask))

    def _question(self, ask: Ask, node: FormNode) -> Question:
        marks = self._marks
        raw = marks.typed.get(node.place)
        return Question(
            path=node.place,
            field=node.place,
            control=ask.control,  # type: ignore[arg-type]  # a note was told apart before
            label=self._label(ask.label, node),
            hint=self._label(ask.hint, node),
            guidance=self._label(ask.guidance, node),
            choices=self._wording.choices(ask, node),
            appearance=ask.appearance,
            required=is_required(self._response, ask, node, marks.required),
            typed=encode(ask, node.value) if raw is None else typed_values(ask, raw),
            longest=longest(ask, self._longest_text),
            bounds=ask.bounds,
            unfit=marks.unfit.get(node.place),
            fresh=node.place in marks.fresh,
            media=self._wording.media(ask.media, node),
            steady=self._wording.is_steady(ask),
        )


def with_places(parts: tuple[Part, ...], response: Response) -> tuple[Part, ...]:
    """The parts, each follow-up with the choice of this page in which it stands."""
    follow_ups = response.form.follow_ups
    if not follow_ups:
        return parts
    placed: list[Part] = []
    for part in parts:
        node = response.node(part.path) if isinstance(part, Question) else None
        follow_up = None if node is None else follow_ups.get(node.path)
        if node is not None and follow_up is not None and isinstance(part, Question):
            part = replace(part, inside=place_inside(follow_up, node, parts))
        placed.append(part)
    return tuple(placed)


def place_inside(follow_up: FollowUp, node: FormNode, parts: tuple[Part, ...]) -> tuple[str, str] | None:
    """(place of the question on this page, value of its choice) of a follow-up, or None where it has no such place."""
    parent = node.parent
    if not isinstance(parent, FormNode) or not parent.relevant:
        return None
    beside = f"{parent.place}/{follow_up.question.rpartition('/')[2]}"
    for part in parts:
        # In a repeat only a question of the same instance will do; outside, a path is a place.
        if not isinstance(part, Question) or part.path not in (beside, follow_up.question):
            continue
        alone = part.control is Control.SELECT_ONE or (part.control is Control.SELECT_MANY and not follow_up.only)
        if alone and any(choice.value == follow_up.value for choice in part.choices):
            return part.path, follow_up.value
    return None


def is_readonly(response: Response, ask: Ask, node: FormNode) -> bool:
    return ask.readonly is not None and ask.readonly.boolean(node, response.context)


def is_required(response: Response, ask: Ask, node: FormNode, gates: frozenset[str] = frozenset()) -> bool:
    """Whether the question has to be answered: the form says so, or it is a gate's."""
    return ask.path in gates or (ask.required is not None and ask.required.boolean(node, response.context))


def questions_of_spot(response: Response, spot: Spot) -> list[tuple[Ask, FormNode]]:
    """What a page asks now: its questions that can be answered."""
    return [
        (ask, node)
        for ask, node in asks_of_spot(response, spot)
        if ask.control is not None and not is_readonly(response, ask, node)
    ]
