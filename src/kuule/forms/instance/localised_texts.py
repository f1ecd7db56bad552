"""A form's texts in one language: looked up once and kept, for texts and choices that no answer changes."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.forms.compile.form import Form
from kuule.forms.model.choices import Choice


class LocalisedTexts:
    """`texts` by key in the page's language; a text that is missing there is taken from the form itself.

    Shared by all visits in a language, so it keeps nothing that depends on one.
    """

    def __init__(self, form: Form, texts: Mapping[str, str]) -> None:
        self._form = form
        self._texts = texts
        self._templates: dict[str, str] = {}
        self.static_texts: dict[str, str] = {}
        """Texts without outputs that were asked for before, by key."""
        self.static_choices: dict[str, tuple[Choice, ...]] = {}
        """All choices of a question by its path, where they are always the same (`Wording` fills it)."""
        self.static_questions: set[str] = set()
        """Paths of questions of which all words and choices are always the same."""

    def template(self, key: str) -> str:
        """The text of a key with its outputs as `${name}`; "" where there is none."""
        found = self._templates.get(key)
        if found is None:
            found = self._templates[key] = self._texts.get(key) or self._form.text(key)
        return found
