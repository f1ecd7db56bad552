"""The words of a page in one language: labels with their outputs filled in."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.forms.blueprint import FormNode
from kuule.forms.choices import Offer
from kuule.forms.page import Choice
from kuule.forms.response import Response
from kuule.forms.texts import fill


class Wording:
    """Texts by key in the page's language; a text that is missing there is taken from the form itself."""

    def __init__(self, response: Response, texts: Mapping[str, str]) -> None:
        self._response = response
        self._texts = texts

    def text(self, key: str, node: FormNode) -> str:
        """The text of a key for one node, "" for "" and for what the form does not have."""
        if not key:
            return ""
        form_text = self._response.form.texts.get(key)
        if form_text is None:
            return ""
        context = self._response.context
        if form_text.dynamic is not None:
            return form_text.dynamic.string(node, context)
        template = self._texts.get(key) or form_text.in_language(self._response.form.default_language)

        def value_of(name: str) -> str | None:
            formula = form_text.outputs.get(name)
            return None if formula is None else formula.string(node, context)

        return fill(template, value_of)

    def choice(self, offer: Offer, node: FormNode) -> Choice:
        label = self.text(offer.key, node) if offer.key else offer.label
        return Choice(offer.value, label or offer.value)
