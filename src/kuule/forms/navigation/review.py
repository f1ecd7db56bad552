"""The review: what a person answered, to read through once more before sending."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import QuestionDefinition, RepeatDefinition
from kuule.forms.model.controls import Control
from kuule.forms.model.form_texts import escape_markdown
from kuule.forms.navigation.filled_texts import FilledTexts, repeat_instances_around
from kuule.forms.navigation.page import RepeatInstance
from kuule.forms.navigation.page_maker import questions_on_page
from kuule.forms.navigation.page_refs import PageRef
from kuule.forms.types.type_registry import question_type


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question that was shown: its label (Markdown), its answers, and the page on which to change them.

    `answers` is empty if the question was passed over. `marked` is True if the answers are labels of choices (inline
    Markdown) and False if a person typed them, in which case they are shown as they are.
    """

    path: str
    question: str
    answers: tuple[str, ...]
    marked: bool
    page_key: str
    control: Control


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """The questions of one section, or of one repeat instance in it. `label` is "" for questions outside a section, and
    if the section is itself a repeat."""

    label: str
    lines: tuple[ReviewLine, ...]
    instances: tuple[RepeatInstance, ...] = ()


def review_sections(response: Response, refs: tuple[PageRef, ...], seen: frozenset[str]) -> tuple[ReviewSection, ...]:
    """The relevant questions that were answered or whose page was seen, in order, by section. Empty sections are left
    out."""
    wording = FilledTexts(response)
    sections: list[tuple[tuple[str, str], ReviewSection, list[ReviewLine]]] = []
    for ref in refs:
        for question, node in questions_on_page(response, ref):
            if not (node.text or ref.key in seen):
                continue
            key = ("" if ref.section is None else ref.section.path, node.instance_path.rpartition("]")[0])
            if not sections or sections[-1][0] != key:
                instances = repeat_instances_around(response, wording, node.instance_path)
                sections.append((key, ReviewSection(_label(wording, ref, response.root), (), instances), []))
            sections[-1][2].append(_line(wording, question, node, ref.key))
    return tuple(replace(section, lines=tuple(lines)) for _, section, lines in sections)


def _label(wording: FilledTexts, ref: PageRef, root: FormNode) -> str:
    section = ref.section
    return (
        ""
        if section is None or isinstance(section, QuestionDefinition | RepeatDefinition)
        else wording.text(section.label, root)
    )


def _line(wording: FilledTexts, question: QuestionDefinition, node: FormNode, page_key: str) -> ReviewLine:
    return ReviewLine(
        path=node.instance_path,
        question=wording.text(question.label, node),
        answers=_answers(wording, question, node),
        marked=question.choices is not None,
        page_key=page_key,
        control=question_type(question.control).control,
    )


def _answers(wording: FilledTexts, question: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    values = question_type(question.control).encode(question, node.text)
    if question.choices is None:
        return tuple(line for value in values for line in value.split("\n") if line.strip())
    labels = {choice.value: choice.label for choice in wording.choices(question, node)}
    return tuple(labels.get(value, escape_markdown(value)) for value in values)
