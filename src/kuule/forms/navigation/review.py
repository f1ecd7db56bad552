"""What a person answered, to be read through once more."""

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
    """One question that was shown: its label (Markdown), what was answered, and the page on which to change it.

    `answers` is empty where it was passed over. `marked` tells whether they are labels of choices (inline Markdown) or
    what a person typed, to be shown as it is.
    """

    path: str
    question: str
    answers: tuple[str, ...]
    marked: bool
    page_key: str
    control: Control


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """The questions of one section, or of one instance of a repeat in it; `label` is "" for those outside one, and
    where the section is itself a repeat."""

    label: str
    lines: tuple[ReviewLine, ...]
    instances: tuple[RepeatInstance, ...] = ()


def review_sections(response: Response, spots: tuple[PageRef, ...], seen: frozenset[str]) -> tuple[ReviewSection, ...]:
    """What is relevant and was answered or seen, in sections, in order; a section without any of it is left out."""
    wording = FilledTexts(response)
    sections: list[tuple[tuple[str, str], ReviewSection, list[ReviewLine]]] = []
    for spot in spots:
        for ask, node in questions_on_page(response, spot):
            if not (node.text or spot.key in seen):
                continue
            key = ("" if spot.section is None else spot.section.path, node.instance_path.rpartition("]")[0])
            if not sections or sections[-1][0] != key:
                instances = repeat_instances_around(response, wording, node.instance_path)
                sections.append((key, ReviewSection(_label(wording, spot, response.root), (), instances), []))
            sections[-1][2].append(_line(wording, ask, node, spot.key))
    return tuple(replace(section, lines=tuple(lines)) for _, section, lines in sections)


def _label(wording: FilledTexts, spot: PageRef, root: FormNode) -> str:
    section = spot.section
    return (
        ""
        if section is None or isinstance(section, QuestionDefinition | RepeatDefinition)
        else wording.text(section.label, root)
    )


def _line(wording: FilledTexts, ask: QuestionDefinition, node: FormNode, page_key: str) -> ReviewLine:
    return ReviewLine(
        path=node.instance_path,
        question=wording.text(ask.label, node),
        answers=_words(wording, ask, node),
        marked=ask.choices is not None,
        page_key=page_key,
        control=question_type(ask.control).control,
    )


def _words(wording: FilledTexts, ask: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    values = question_type(ask.control).encode(ask, node.text)
    if ask.choices is None:
        return tuple(line for value in values for line in value.split("\n") if line.strip())
    labels = {choice.value: choice.label for choice in wording.choices(ask, node)}
    return tuple(labels.get(value, escape_markdown(value)) for value in values)
