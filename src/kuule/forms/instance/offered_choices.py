"""The choices that a question offers now: from a list, a filtered list or answers, in the order that a person sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.recalculation_host import RecalculationHost
from kuule.forms.model.body_definition import ChoiceSource, QuestionDefinition
from kuule.forms.model.form_texts import escape_markdown
from kuule.forms.types.type_registry import question_type
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """One choice that is offered. `key` is the key of its label among the form's texts. If it is "", `label` is the
    label."""

    value: str
    key: str = ""
    label: str = ""


def offered_choices(
    context: EvaluationContext, question: QuestionDefinition, node: FormNode
) -> tuple[OfferedChoice, ...]:
    """The choices that a question offers at one of its nodes, each value once."""
    source = question.choices
    if source is None:
        return ()
    if source.formula is None:
        return tuple(OfferedChoice(choice.value, choice.key) for choice in source.listed)
    keys = {choice.value: choice.key for choice in source.listed}
    found: dict[str, OfferedChoice] = {}
    for value, item in _offered_nodes(context, source, node):
        key = keys.get(value, "")
        found.setdefault(value, OfferedChoice(value, key, "" if key else _label(context, source, item)))
    return tuple(found.values())


def offered_values(context: EvaluationContext, question: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    """The values of the choices that a question offers at one of its nodes."""
    if question.choices is not None and question.choices.formula is None:
        return tuple(choice.value for choice in question.choices.listed)
    return tuple(dict.fromkeys(value for value, _ in _offered_nodes(context, question.choices, node)))


def values_to_choose(host: RecalculationHost, question: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    """The same, () for a question without choices. Values that are the same in every visit are kept."""
    source = question.choices
    if source is None:
        return ()
    if not source.constant:
        return offered_values(host.context, question, node)
    values = host.texts.static_values.get(question.path)
    if values is None:
        values = host.texts.static_values[question.path] = offered_values(host.context, question, node)
    return values


def drop_unoffered(response: RecalculationHost) -> bool:
    """Remove choices that are no longer offered from all answers, and return whether there were any. A ranking keeps
    the order of the rest."""
    found = False
    for question in response.form.filtered_questions:
        for node in response.nodes(question.path):
            if node.text:
                offered = offered_values(response.context, question, node)
                kept = question_type(question.control).keep_offered(node.text, offered)
                found = found or kept != node.text
                response.set_value(node, kept)
    return found


def _offered_nodes(
    context: EvaluationContext, source: ChoiceSource | None, node: FormNode
) -> Iterator[tuple[str, Node]]:
    if source is None or source.formula is None:
        return
    for item in source.formula.nodes(node, context):
        if source.value_name:
            child = item.child(source.value_name)
            yield ("" if child is None else child.text), item
        elif source.value is not None:
            yield source.value.string(item, context), item


def _label(context: EvaluationContext, source: ChoiceSource, item: Node) -> str:
    """The label of a choice. One that comes from an answer is escaped, so that it never becomes markup."""
    if source.label is None:
        return ""
    text = source.label.string(item, context)
    return escape_markdown(text) if isinstance(item, FormNode) else text


def choice_label(response: RecalculationHost, path: str, value: str, node: Node) -> str:
    """The label of one value of the select at `path` (jr:choice-name), in the response's language; "" if there is
    none."""
    question = response.form.body.questions.get(path)
    if question is None or not value:
        return ""
    for choice in () if question.choices is None else question.choices.listed:
        if choice.value == value:
            return response.texts.template(choice.key) if choice.key else value
    at = next((one for one in response.nodes(path) if one is node), next(iter(response.nodes(path)), None))
    if at is None:
        return ""
    return next((offer.label for offer in offered_choices(response.context, question, at) if offer.value == value), "")
