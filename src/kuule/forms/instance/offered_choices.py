"""What can be chosen now: lists, filtered lists, lists made of answers, in the order a person sees them."""

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
    """One choice that is offered. `key` names its label among the form's texts; without one, `label` is the label."""

    value: str
    key: str = ""
    label: str = ""


def offered_choices(context: EvaluationContext, ask: QuestionDefinition, node: FormNode) -> tuple[OfferedChoice, ...]:
    """The choices of a question at one of its nodes, each value once."""
    source = ask.choices
    if source is None:
        return ()
    if source.formula is None:
        return tuple(OfferedChoice(choice.value, choice.key) for choice in source.listed)
    keys = {choice.value: choice.key for choice in source.listed}
    found: dict[str, OfferedChoice] = {}
    for value, item in _items(context, source, node):
        key = keys.get(value, "")
        found.setdefault(value, OfferedChoice(value, key, "" if key else _label(context, source, item)))
    return tuple(found.values())


def offered_values(context: EvaluationContext, ask: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    """The values that are offered."""
    if ask.choices is not None and ask.choices.formula is None:
        return tuple(choice.value for choice in ask.choices.listed)
    return tuple(dict.fromkeys(value for value, _ in _items(context, ask.choices, node)))


def drop_unoffered(context: EvaluationContext, ask: QuestionDefinition, node: FormNode) -> str:
    """The stored value without the choices that are not offered now; a ranking keeps the order of the others."""
    return question_type(ask.control).keep_offered(node.text, offered_values(context, ask, node))


def _items(context: EvaluationContext, source: ChoiceSource | None, node: FormNode) -> Iterator[tuple[str, Node]]:
    if source is None or source.formula is None:
        return
    for item in source.formula.nodes(node, context):
        if source.value_name:
            child = item.child(source.value_name)
            yield ("" if child is None else child.text), item
        elif source.value is not None:
            yield source.value.string(item, context), item


def _label(context: EvaluationContext, source: ChoiceSource, item: Node) -> str:
    """A label made of an answer is escaped, so that it stays words."""
    if source.label is None:
        return ""
    text = source.label.string(item, context)
    return escape_markdown(text) if isinstance(item, FormNode) else text


def choice_label(response: RecalculationHost, path: str, value: str, node: Node) -> str:
    """The label of one value of the select at `path` (jr:choice-name), in the response's language; "" if not found."""
    ask = response.form.body.questions.get(path)
    if ask is None or not value:
        return ""
    for choice in () if ask.choices is None else ask.choices.listed:
        if choice.value == value:
            return response.texts.template(choice.key) if choice.key else value
    at = next((one for one in response.nodes(path) if one is node), next(iter(response.nodes(path)), None))
    if at is None:
        return ""
    return next((offer.label for offer in offered_choices(response.context, ask, at) if offer.value == value), "")
