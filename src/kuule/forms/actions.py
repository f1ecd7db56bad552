"""What happens at moments: preloads and first-load actions when a visit begins, actions when a value changes or an
instance is added."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from kuule.forms.blueprint import FormNode, is_metadata
from kuule.forms.codecs.value_types import stored_form
from kuule.forms.events import CHANGED, FIRST_LOAD, LOAD, NEW_REPEAT, Event

if TYPE_CHECKING:  # a response runs its actions, and actions write into a response
    from kuule.forms.response import Response


def first_load(response: Response) -> None:
    """The actions of a form's first load."""
    for event in response.form.events:
        if not event.names.isdisjoint({FIRST_LOAD, LOAD}):
            for source in response.nodes(event.source) if event.source else [response.root]:
                _fire(response, event, source)


def value_changed(response: Response, node: FormNode) -> None:
    """The actions of a control whose value changed."""
    for event in response.form.events:
        if CHANGED in event.names and event.source == node.path:
            _fire(response, event, node)


def instance_added(response: Response, instance: FormNode) -> None:
    """The actions of a repeat that got an instance."""
    for event in response.form.events:
        if NEW_REPEAT in event.names and event.source == instance.path:
            _fire(response, event, instance)


def preload(response: Response) -> None:
    """Only what tells nothing about a person or a moment: an id made here, and the day."""
    for path, kind, parameters in response.form.preloads:
        value = "" if is_metadata(path) else _preloaded(response, kind, parameters)
        for node in response.nodes(path) if value else ():
            response.answer(node, value)


def _preloaded(response: Response, kind: str, parameters: str) -> str:
    if kind == "uid":
        return f"uuid:{uuid.UUID(int=response.context.seed & (2**128 - 1))}"
    if kind == "date" and parameters in ("", "today"):
        return response.context.today.isoformat()
    return ""


def _fire(response: Response, event: Event, source: FormNode) -> None:
    for target in event.ref.nodes(source, response.context):
        at = source if event.at_source else target
        value = event.literal if event.formula is None else event.formula.string(at, response.context)
        if not isinstance(target, FormNode):
            target.text = value
        elif target.relevant:
            response.answer(target, stored_form(target.plan.value_type)(value))
