"""Kuule's own words in a brief: those of the catalogue of publications whose keys begin with `brief:`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.texts.page_words import page_words
from kuule.static_site.catalogue_words import CatalogueWords

CATALOGUE_FOLDER = catalogues.PUBLICATION
CATALOGUE_TEMPLATE = CATALOGUE_FOLDER / "interface.pot"
SOURCE_LANGUAGE = "en"
_PREFIX = "brief:"
_OF_PAGES = "pages:"


@dataclass(frozen=True, slots=True)
class BriefSaid:
    """A text and the language that it is in."""

    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class BriefWords:
    """The words in the language `tag`. One that is not translated yet is in English, and says so.

    `state` and `origin` are those of the word that has come least far.
    """

    tag: str
    texts: Mapping[str, str]
    english: Mapping[str, str]
    state: State
    origin: TextOrigin

    def say(self, name: str, /, **values: object) -> BriefSaid:
        """The text `brief:<name>` with its placeholders filled in. Raises KeyError."""
        own = self.texts.get(_PREFIX + name)
        text = own or self.english[_PREFIX + name]
        return BriefSaid(text.format(**values), self.tag if own else SOURCE_LANGUAGE)


def register_page_words(tag: str) -> CatalogueWords:
    """The words of a register's pages, as a brief has them: those of the register where it has the language, else those
    that are among the words of a brief. What neither has is in English, and marked so."""
    translated, english = page_words(tag), page_words(SOURCE_LANGUAGE)
    if translated is not None:
        return translated
    words = brief_words(tag)
    known = english.texts if english is not None else {}
    names = {key: _PREFIX + key.removeprefix(_OF_PAGES) for key in known}
    own = {key: words.texts.get(name) for key, name in names.items() if words.english.get(name) == known[key]}
    texts = {key: own.get(key) or ForeignText(text, SOURCE_LANGUAGE) for key, text in known.items()}
    return CatalogueWords(tag, texts, _OF_PAGES, words.state, words.origin)


@lru_cache(maxsize=64)
def brief_words(tag: str) -> BriefWords:
    """The words of a brief in the language `tag`, as far as they are translated."""
    sources = tuple(one for one in read_pot(CATALOGUE_TEMPLATE) if one.key.startswith(_PREFIX))
    english = {source.key: source.text for source in sources}
    path = CATALOGUE_FOLDER / f"{tag}.po"
    if tag == SOURCE_LANGUAGE:
        return BriefWords(tag, english, english, *template_state(CATALOGUE_TEMPLATE))
    if not path.is_file():
        return BriefWords(tag, {}, english, State.UNTRANSLATED, TextOrigin.PERSON)
    catalogue = read_po(path, sources)
    return BriefWords(tag, catalogue.texts, english, catalogue.state, catalogue.origin)
