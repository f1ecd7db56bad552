"""Kuule's own words on the pages of a register: the catalogue `interface.pot` and a PO file by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markupsafe import Markup

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_pot, template_state
from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.languages.markup.fallback_text import in_english, with_language_attribute
from kuule.languages.workflow.states import State, TextOrigin

CATALOGUE_FOLDER = catalogues.REGISTER
CATALOGUE_TEMPLATE = CATALOGUE_FOLDER / "interface.pot"
_PREFIX = "pages:"


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of pages in the language `tag`. A word that is not translated yet is English, and marked so.

    `state` and `origin` are those of the word that has come least far.
    """

    tag: str
    texts: Mapping[str, str]
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON

    def say(self, name: str, /, **values: object) -> Markup:
        """The text `pages:<name>` as HTML, with its `{placeholders}` filled in: what is filled in is escaped, unless
        it is HTML already. Raises KeyError."""
        text = self.texts[_PREFIX + name]
        filled = Markup(escape(str(text))).format(**values)  # noqa: S704 - escaped in this line
        return Markup(with_language_attribute(filled, text))  # noqa: S704 - as above

    def say_plain(self, name: str, /, **values: object) -> str:
        """The same as plain text, for titles and attributes, which cannot name their language. Raises KeyError."""
        return str(self.texts[_PREFIX + name]).format(**values)


@lru_cache(maxsize=64)
def page_words(tag: str) -> PageWords | None:
    """The words in the language `tag`, or None where nobody has begun to translate them. English is the source."""
    sources, source = read_pot(CATALOGUE_TEMPLATE), template_state(CATALOGUE_TEMPLATE)
    catalogue = catalogue_in(CATALOGUE_FOLDER, tag, sources)
    spoken = spoken_texts(tag, sources, catalogue, missing=in_english, source=source)
    return None if spoken is None else PageWords(tag, spoken.texts, spoken.state, spoken.origin)
