"""A saved instance to a response: its values go into a visit, through the bytes of a token, and out again.

The trace holds what the peer's instance says after loading. Only what a visit carries is read from it: values of leaves
and numbers of instances. Calculations, relevance, counts and everything else are computed here and compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kuule.forms.compile.form import Form
from kuule.forms.compile.model_definition import NodeDefinition, RepeatNodeDefinition, is_metadata
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.navigation.visit import Visit
from kuule.forms.xpath.runtime.nodes import Node
from tests.conformance.documents import read_document
from tests.conformance.moments import NOW, TODAY

_RESTORING = re.compile(r"\bmode: '(restore|edit)'|\bediting instance\b", re.IGNORECASE)


def begins_restored(test: str) -> bool:
    """Whether a trace begins with a saved instance: the peer says so in the name of its test alone."""
    return _RESTORING.search(test) is not None


def restored(form: Form, instance_xml: str) -> Response:
    """The response of a saved instance."""
    root = read_document(instance_xml).children[-1]
    answers, counts = dict(_values(form.model, root, f"/{root.name}")), dict(_counts(form.model, root, f"/{root.name}"))
    return carried(form, ResponseData(answers, counts, {}, 1))


def again(response: Response) -> Response:
    """The same response as the next step of a visit has it."""
    return carried(response.form, response.to_data())


def carried(form: Form, given: ResponseData) -> Response:
    """A response made anew from what a visit carries, by way of the token's bytes."""
    visit = Visit("", given.seed, given.answers, {}, frozenset(), given.counts, given.fixed)
    came = Visit.from_data(json.loads(json.dumps(visit.to_data())))
    there = ResponseData(came.answers, came.counts, came.fixed, came.seed)
    response = Response.rebuild(form, there, today=TODAY, now=NOW)
    response.recalculate()
    return response


def _values(plan: NodeDefinition, node: Node, place: str) -> Iterator[tuple[str, str]]:
    """Values by place, of leaves that the form has too; what its instance left out keeps the form's default."""
    if plan.is_leaf:
        if not is_metadata(plan.path):
            yield place, node.text
        return
    for slot in plan.children:
        for number, child in enumerate(_children(slot, node), 1):
            if isinstance(slot, RepeatNodeDefinition):
                yield from _values(slot.template, child, f"{place}/{slot.template.qualified_name}[{number}]")
            else:
                yield from _values(slot, child, f"{place}/{slot.qualified_name}")


def _counts(plan: NodeDefinition, node: Node, place: str) -> Iterator[tuple[str, int]]:
    for slot in plan.children:
        found = _children(slot, node)
        if isinstance(slot, RepeatNodeDefinition):
            yield f"{place}/{slot.template.qualified_name}", len(found)
        for number, child in enumerate(found, 1):
            inner = slot.template if isinstance(slot, RepeatNodeDefinition) else slot
            step = (
                f"{inner.qualified_name}[{number}]" if isinstance(slot, RepeatNodeDefinition) else inner.qualified_name
            )
            yield from _counts(inner, child, f"{place}/{step}")


def _children(slot: NodeDefinition | RepeatNodeDefinition, node: Node) -> list[Node]:
    return list(node.children_named(slot.name))
