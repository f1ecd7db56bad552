"""Runs the actions of a form: on first load, when a value changes and when an instance is added. Also fills in preloads
when a visit begins."""

from __future__ import annotations

import uuid

from kuule.forms.compile.action_definitions import FIRST_LOAD, LOAD, NEW_REPEAT, VALUE_CHANGED, ActionDefinition
from kuule.forms.compile.model_definition import is_metadata
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.recalculation_host import RecalculationHost
from kuule.forms.types.type_registry import stored_form_for


def run_first_load(response: RecalculationHost) -> None:
    """Run the actions for a form's first load."""
    for event in response.form.actions:
        if not event.event_names.isdisjoint({FIRST_LOAD, LOAD}):
            for source in response.nodes(event.source) if event.source else [response.root]:
                _fire(response, event, source)


def run_value_changed(response: RecalculationHost, node: FormNode) -> None:
    """Run the actions of a control whose value changed."""
    for event in response.form.actions:
        if VALUE_CHANGED in event.event_names and event.source == node.path:
            _fire(response, event, node)


def run_new_repeat(response: RecalculationHost, instance: FormNode) -> None:
    """Run the actions of a repeat to which an instance was added."""
    for event in response.form.actions:
        if NEW_REPEAT in event.event_names and event.source == instance.path:
            _fire(response, event, instance)


def fill_preloads(response: RecalculationHost) -> None:
    """Fill in the preloads that reveal nothing about a person or a moment: an id that is made here, and the day. All
    others stay empty."""
    for path, kind, parameters in response.form.preloads:
        value = "" if is_metadata(path) else _preloaded(response, kind, parameters)
        for node in response.nodes(path) if value else ():
            response.set_value(node, value)


def _preloaded(response: RecalculationHost, kind: str, parameters: str) -> str:
    if kind == "uid":
        return f"uuid:{uuid.UUID(int=response.context.seed & (2**128 - 1))}"
    if kind == "date" and parameters in ("", "today"):
        return response.context.today.isoformat()
    return ""


def _fire(response: RecalculationHost, event: ActionDefinition, source: FormNode) -> None:
    for target in event.ref.nodes(source, response.context):
        at = source if event.relative_to_source else target
        value = event.literal if event.formula is None else event.formula.string(at, response.context)
        if not isinstance(target, FormNode):
            target.text = value
        elif target.relevant:
            response.set_value(target, stored_form_for(target.definition.value_type)(value))
