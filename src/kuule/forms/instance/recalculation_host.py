"""What actions and choices need of a response, as a protocol, so that they do not import the response itself."""

from __future__ import annotations

from typing import Protocol

from kuule.forms.compile.form import Form
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.localised_texts import LocalisedTexts
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext


class RecalculationHost(Protocol):
    """A response while it is recalculated. `kuule.forms.instance.response.Response` is the only one."""

    form: Form
    context: EvaluationContext
    root: FormNode
    texts: LocalisedTexts

    def nodes(self, path: str) -> list[FormNode]:
        """All nodes with a path without positions, in document order."""

    def set_value(self, node: FormNode, value: str) -> None:
        """Set a value in its stored form. What depends on it is computed later."""
