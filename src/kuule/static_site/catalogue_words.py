"""Kuule's own words on the pages of a site: a catalogue `interface.pot` in English and a PO file by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markupsafe import Markup

from kuule.languages.gettext.catalogue import read_pot, template_state
from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.languages.markup.fallback_text import ForeignText, in_english, with_language_attribute
from kuule.languages.workflow.states import State, TextOrigin


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

    @property
    def is_partly_english(self) -> bool:
        """Whether a word is not translated yet."""
        return any(isinstance(text, ForeignText) for text in self.texts.values())

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
    """The words in the language `tag` whose keys begin with `prefix`: those of the template in English, and else those
    of the file `translation`, or None where nobody has begun to translate them."""
    sources = tuple(one for one in read_pot(template) if one.key.startswith(prefix))
    source = template_state(template)
    catalogue = catalogue_in(translation.parent, tag, sources)
    spoken = spoken_texts(tag, sources, catalogue, missing=in_english, source=source)
    return None if spoken is None else CatalogueWords(tag, spoken.texts, prefix, spoken.state, spoken.origin)
