"""Makes a Page from a PageRef: its parts in order, with their words, their choices, what was typed and why it does not
fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile

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
from kuule.forms.navigation.section_place import section_place
from kuule.forms.types.type_registry import question_type
from kuule.forms.types.violations import Violation


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What a page shows beside its questions: raw text that did not fit, the violations, and which questions are
    new."""

    typed: Mapping[str, str] = field(default_factory=dict)
    violations: Mapping[str, Violation] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What holds for all pages of a journey. `gates` are the paths of questions that must be answered although the form
    does not say so."""

    longest_text: int
    gates: frozenset[str]
    untouched: dict[tuple[str, bool], Question] = field(default_factory=dict)
    """Questions as everybody sees them before answering, by path and whether they are required: made once, as
    showing 16 questions anew took 125 µs of the form engine, and 52 so. Those in repeats are not among them."""


class PageMaker:
    """Makes the pages of one response in one language."""

    def __init__(self, response: Response, settings: PageSettings, marks: PageMarks) -> None:
        self._response = response
        self._wording = FilledTexts(response)
        self._settings = settings
        self._marks = marks

    def page(self, ref: PageRef, refs: tuple[PageRef, ...]) -> Page:
        """The page for one reference. `refs` are all pages of the response; they give the number of the section."""
        parts = nest_follow_ups(tuple(self._parts(ref)), self._response)
        number, sections = section_place(self._response, ref, refs)
        required = any(part.required for part in parts if isinstance(part, Question))
        before = takewhile(lambda one: one.key != ref.key, refs)
        return Page(
            key=ref.key,
            section=self._section(ref),
            section_number=number,
            sections=sections,
            parts=parts,
            first=bool(refs) and refs[0].key == ref.key,
            can_pass=not required,
            first_to_pass=not required and not any(map(self._can_pass, before)),
            instances=repeat_instances_around(self._response, self._wording, ref.node.instance_path),
            waiting=tuple(self._waiting(ref, parts)),
        )

    def _can_pass(self, ref: PageRef) -> bool:
        asked = questions_on_page(self._response, ref)
        return not any(is_required(self._response, question, node, self._settings.gates) for question, node in asked)

    def _waiting(self, ref: PageRef, parts: tuple[PagePart, ...]) -> Iterator[Question]:
        """Follow-ups of a choice on this page that is not chosen yet. The page shows them as soon as it is chosen."""
        follow_ups = self._response.form.follow_ups
        if not follow_ups or isinstance(ref.element, QuestionDefinition) or ref.adds_to:
            return
        for question in questions_of(ref.element.children):
            follow_up = follow_ups.get(question.path)
            if follow_up is None or question.control is None or question.refused_type:
                continue
            for node in self._response.nodes(question.path):
                inside = host_choice(follow_up, node, parts)
                if inside is not None and not node.relevant and not is_readonly(self._response, question, node):
                    yield replace(self._question(question, node), nested_in=inside)

    def _section(self, ref: PageRef) -> str:
        section = ref.section
        if section is None or isinstance(section, QuestionDefinition):
            return ""
        within = isinstance(section, RepeatDefinition) and not (
            ref.adds_to and ref.element is section and not self._label_names_instance(section)
        )
        return "" if within else self._label(section.label)

    def _label(self, key: str, node: FormNode | None = None) -> str:
        return self._wording.text(key, node if node is not None else self._response.root)

    def _parts(self, ref: PageRef) -> Iterator[PagePart]:
        element = ref.element
        if ref.adds_to and isinstance(element, RepeatDefinition):
            yield self._add_controls(element, ref.node, ref.adds_to)
            return
        if isinstance(element, QuestionDefinition):
            for around in ref.ancestors[-1:]:
                if not isinstance(around, QuestionDefinition) and around.label and around is not ref.section:
                    yield PageHeading(around.path, self._label(around.label, ref.node), 2)
        elif element.label and element is not ref.section:
            yield PageHeading(element.path, self._label(element.label, ref.node), 2)
        if ref.removes:
            yield self._remove_controls(ref.ancestors, element, ref.removes)
        if isinstance(element, QuestionDefinition):
            yield from self._question_or_note(element, ref.node)
        else:
            yield from self._children(element.children, ref.node, 3)

    def _children(self, elements: tuple[FormElement, ...], inside: FormNode, level: int) -> Iterator[PagePart]:
        for element in elements:
            if isinstance(element, QuestionDefinition):
                node = shown_node(self._response, element, inside)
                if node is not None:
                    yield from self._question_or_note(element, node)
            elif isinstance(element, GroupDefinition):
                node = group_node(self._response, element, inside)
                parts = () if node is None else tuple(self._children(element.children, node, level + 1))
                if node is not None and parts:
                    if element.label:
                        yield PageHeading(node.instance_path, self._label(element.label, node), level)
                    yield from parts
            else:
                yield from self._repeat(element, inside, level)

    def _repeat(self, repeat: RepeatDefinition, inside: FormNode, level: int) -> Iterator[PagePart]:
        found = repeat_instances(self._response, repeat, inside)
        if found is None:
            return
        parent, instances = found
        changes = can_add_and_remove(self._response, repeat, parent)
        for instance in instances:
            if not instance.relevant:
                continue
            if repeat.label:
                yield PageHeading(
                    instance.instance_path,
                    self._label(repeat.label, instance),
                    level,
                    self._label_names_instance(repeat),
                )
            if changes:
                yield self._remove_controls((repeat,), repeat, instance.instance_path)
            yield from self._children(repeat.children, instance, level + 1)
        if changes:
            yield self._add_controls(repeat, parent, instance_path_in(repeat.path, inside))

    def _add_controls(self, repeat: RepeatDefinition, parent: FormNode, instance_path: str) -> RepeatControls:
        present = sum(child.path == repeat.path for child in parent.children)
        can_add = present < self._response.form.body.max_instances[repeat.path]
        label = "" if self._label_names_instance(repeat) else self._label(repeat.label, parent)
        return RepeatControls(instance_path, label, can_add, None)

    def _remove_controls(
        self, around: tuple[FormElement, ...], element: FormElement, instance_path: str
    ) -> RepeatControls:
        repeat = next((one for one in (element, *reversed(around)) if isinstance(one, RepeatDefinition)), None)
        names_instance = repeat is not None and self._label_names_instance(repeat)
        label = "" if repeat is None else self._label(repeat.label, self._response.node(instance_path))
        return RepeatControls(
            instance_path.rpartition("[")[0], label, can_add=False, removes=instance_path, names_instance=names_instance
        )

    def _label_names_instance(self, repeat: RepeatDefinition) -> bool:
        return self._wording.reads_below(repeat.label, repeat.path)

    def _question_or_note(self, question: QuestionDefinition, node: FormNode) -> Iterator[PagePart]:
        if question.control is None or is_readonly(self._response, question, node):
            yield self._note(question, node)
        else:
            yield self._question(question, node)

    def _note(self, question: QuestionDefinition, node: FormNode) -> Note:
        label = self._label(question.label, node)
        if node.text:
            label = f"{label}\n\n{escape_markdown(node.text)}".strip()
        hint, media = self._label(question.hint, node), self._wording.media(question.media, node)
        return Note(
            node.instance_path,
            label,
            hint,
            media,
            same_for_everyone=not node.text and self._wording.is_same_for_everyone(question),
        )

    def _question(self, question: QuestionDefinition, node: FormNode) -> Question:
        required = is_required(self._response, question, node, self._settings.gates)
        known = self._settings.untouched
        found = None if self._is_marked(node) else known.get((node.instance_path, required))
        if found is None:
            found = self._made_question(question, node, required=required)
            if found.is_untouched and node.instance_path == question.path:
                known[found.path, required] = found
        return found

    def _is_marked(self, node: FormNode) -> bool:
        """Whether the page shows anything beside the question: an answer, what was typed, why it does not fit."""
        marks, path = self._marks, node.instance_path
        return bool(node.value) or path in marks.typed or path in marks.violations or path in marks.fresh

    def _made_question(self, question: QuestionDefinition, node: FormNode, *, required: bool) -> Question:
        marks = self._marks
        raw, type_ = marks.typed.get(node.instance_path), question_type(question.control)
        return Question(
            path=node.instance_path,
            field=node.instance_path,
            control=type_.control,
            label=self._label(question.label, node),
            hint=self._label(question.hint, node),
            guidance=self._label(question.guidance, node),
            choices=self._wording.choices(question, node),
            appearance=question.appearance,
            required=required,
            typed=type_.encode(question, node.value) if raw is None else type_.split_typed(raw),
            max_length=type_.max_length(self._settings.longest_text),
            bounds=question.bounds,
            violation=marks.violations.get(node.instance_path),
            fresh=node.instance_path in marks.fresh,
            media=self._wording.media(question.media, node),
            same_for_everyone=self._wording.is_same_for_everyone(question),
        )


def nest_follow_ups(parts: tuple[PagePart, ...], response: Response) -> tuple[PagePart, ...]:
    """The parts of a page; each follow-up names the choice of this page inside which it is shown."""
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
    """The choice inside which a follow-up is shown: (instance path of its question on this page, value). None if the
    page has no such choice."""
    parent = node.parent
    if not isinstance(parent, FormNode) or not parent.relevant:
        return None
    beside = f"{parent.instance_path}/{follow_up.question.rpartition('/')[2]}"
    for part in parts:
        # In a repeat the question must be of the same instance; outside one, a path has a single node.
        if not isinstance(part, Question) or part.path not in (beside, follow_up.question):
            continue
        can_nest = question_type(part.control).can_nest(exclusive=follow_up.exclusive)
        if can_nest and any(choice.value == follow_up.value for choice in part.choices):
            return part.path, follow_up.value
    return None


def is_readonly(response: Response, question: QuestionDefinition, node: FormNode) -> bool:
    return question.readonly is not None and question.readonly.boolean(node, response.context)


def is_required(
    response: Response, question: QuestionDefinition, node: FormNode, gates: frozenset[str] = frozenset()
) -> bool:
    """Whether a question must be answered, because the form says so or because it is a gate."""
    return question.path in gates or (
        question.required is not None and question.required.boolean(node, response.context)
    )


def questions_on_page(response: Response, ref: PageRef) -> list[tuple[QuestionDefinition, FormNode]]:
    """The questions of a page that can be answered now. Notes and read-only questions are left out."""
    return [
        (question, node)
        for question, node in shown_questions_on_page(response, ref)
        if question.control is not None and not is_readonly(response, question, node)
    ]
