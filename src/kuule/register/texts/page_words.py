"""Kuule's own words on the pages of a register: the catalogue `interface.pot` and a PO file by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markupsafe import Markup

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.markup.fallback_text import ForeignText, with_language_attribute
from kuule.languages.workflow.states import State, TextOrigin

CATALOGUE_FOLDER = catalogues.REGISTER
CATALOGUE_TEMPLATE = CATALOGUE_FOLDER / "interface.pot"
SOURCE_LANGUAGE = "en"
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
    sources = read_pot(CATALOGUE_TEMPLATE)
    if tag == SOURCE_LANGUAGE:
        english = {source.key: source.text for source in sources}
        return PageWords(tag, english, *template_state(CATALOGUE_TEMPLATE))
    path = CATALOGUE_FOLDER / f"{tag}.po"
    if not path.is_file():
        return None
    catalogue = read_po(path, sources)
    texts = {one.key: one.text or ForeignText(one.source, SOURCE_LANGUAGE) for one in catalogue.entries.values()}
    return PageWords(tag, texts, catalogue.state, catalogue.origin)
