"""A form's texts in one language. Texts and choices that no answer changes are looked up once and then kept."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.forms.compile.form import Form
from kuule.forms.model.choices import Choice


class LocalisedTexts:
    """`texts` by key in the page's language. A text that is missing there is taken from the form itself.

    All visits in a language share one object, so it keeps nothing that depends on a visit.
    """

    def __init__(self, form: Form, texts: Mapping[str, str]) -> None:
        self._form = form
        self._texts = texts
        self._templates: dict[str, str] = {}
        self.static_texts: dict[str, str] = {}
        """Texts without outputs that were looked up before, by key."""
        self.static_choices: dict[str, tuple[Choice, ...]] = {}
        """The choices of a question, by its path, where they are always the same (`FilledTexts` fills this)."""
        self.static_values: dict[str, tuple[str, ...]] = {}
        """The values of the choices of such a question, by its path (`offered_choices` fills this)."""
        self.static_questions: set[str] = set()
        """Paths of the questions whose words and choices are always the same."""

    def template(self, key: str) -> str:
        """The text with that key, its outputs written `${name}`; "" if there is none."""
        found = self._templates.get(key)
        if found is None:
            found = self._templates[key] = self._texts.get(key) or self._form.text(key)
        return found
