"""Kuule's own words in a brief: those of the catalogue of publications whose keys begin with `brief:`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kuule.languages.markup.fallback_text import ForeignText, in_english
from kuule.publishing.publication_catalogue import publication_words
from kuule.register.texts.page_words import page_words
from kuule.static_site.catalogue_words import CatalogueWords

_PREFIX = "brief:"
_OF_PAGES = "pages:"


@dataclass(frozen=True, slots=True)
class BriefSaid:
    """A text and the language that it is in."""

    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class BriefWords:
    """The words of a brief in one language. One that is not translated yet is in English, and says so."""

    catalogue: CatalogueWords

    def say(self, name: str, /, **values: object) -> BriefSaid:
        """The text `brief:<name>` with its placeholders filled in. Raises KeyError."""
        text = self.catalogue.texts[_PREFIX + name]
        tag = text.tag if isinstance(text, ForeignText) else self.catalogue.tag
        return BriefSaid(str(text).format(**values), tag)


def register_page_words(tag: str) -> CatalogueWords:
    """The words of a register's pages, as a brief has them: those of the register where it has the language, else those
    that are among the words of a brief. What neither has is in English, and marked so."""
    translated, english = page_words(tag), page_words("en")
    if translated is not None:
        return translated
    words, source = publication_words(tag, _PREFIX), publication_words("en", _PREFIX).texts
    known = english.texts if english is not None else {}
    names = {key: _PREFIX + key.removeprefix(_OF_PAGES) for key in known}
    texts = {
        key: words.texts[name] if source.get(name) == known[key] else in_english(known[key])
        for key, name in names.items()
    }
    return CatalogueWords(tag, texts, _OF_PAGES, words.state, words.origin)


@lru_cache(maxsize=64)
def brief_words(tag: str) -> BriefWords:
    """The words of a brief in the language `tag`, as far as they are translated."""
    return BriefWords(publication_words(tag, _PREFIX))
