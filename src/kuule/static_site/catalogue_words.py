"""Kuule's own words on the pages of a site: a catalogue `interface.pot` in English and a PO file by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markupsafe import Markup

from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.markup.fallback_text import ForeignText, with_language_attribute
from kuule.languages.workflow.states import State, TextOrigin

WORDS_LANGUAGE = "en"
"""The language that all words of Kuule are written in first."""


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """The words of pages in the language `tag`. A word that is not translated yet is English, and marked so.

    `prefix` is what the keys of the catalogue begin with. `state` and `origin` are those of the word that has come
    least far.
    """

    tag: str
    texts: Mapping[str, str]
    prefix: str
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON

    def say(self, name: str, /, **values: object) -> Markup:
        """The text `<prefix><name>` as HTML, with its `{placeholders}` filled in: what is filled in is escaped, unless
        it is HTML already. Raises KeyError."""
        text = self.texts[self.prefix + name]
        filled = Markup(escape(str(text))).format(**values)  # noqa: S704 - escaped in this line
        return Markup(with_language_attribute(filled, text))  # noqa: S704 - as above

    def say_plain(self, name: str, /, **values: object) -> str:
        """The same as plain text, for titles and attributes, which cannot name their language. Raises KeyError."""
        return str(self.texts[self.prefix + name]).format(**values)


def read_catalogue_words(template: Path, translation: Path, tag: str, prefix: str) -> CatalogueWords | None:
    """The words in the language `tag`: those of the template in English, and else those of the file `translation`, or
    None where nobody has begun to translate them."""
    sources = read_pot(template)
    if tag == WORDS_LANGUAGE:
        english = {source.key: source.text for source in sources}
        return CatalogueWords(tag, english, prefix, *template_state(template))
    if not translation.is_file():
        return None
    catalogue = read_po(translation, sources)
    texts = {one.key: one.text or ForeignText(one.source, WORDS_LANGUAGE) for one in catalogue.entries.values()}
    return CatalogueWords(tag, texts, prefix, catalogue.state, catalogue.origin)
