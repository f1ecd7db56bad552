"""Kuule's own words around the questions, as they are shipped: English, and every language that has a file.

A study may have them reviewed (`study.folder.interface_words`), and an edition freezes them
(`study.edition.frozen_words`).
"""

from __future__ import annotations

from functools import cache, lru_cache

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry
from kuule.languages.workflow.states import State, TextOrigin

INTERFACE_FOLDER = catalogues.INTERFACE
INTERFACE_TEMPLATE = INTERFACE_FOLDER / "interface.pot"
SOURCE_LANGUAGE = "en"
INTERFACE_PREFIX = "interface:"
"""The prefix of the keys of these words. No text of a study has it."""


def is_own_word(key: str) -> bool:
    """Whether a text is one of Kuule's own words and not a study's text."""
    return key.startswith(INTERFACE_PREFIX)


def word_name(key: str) -> str:
    """The name of such a word in code and in an edition: its key without `interface:`."""
    return key.removeprefix(INTERFACE_PREFIX)


@cache
def shipped_sources() -> tuple[SourceText, ...]:
    """The English words, in the order in which a respondent meets them."""
    return read_pot(INTERFACE_TEMPLATE)


@cache
def source_state() -> tuple[State, TextOrigin]:
    """How far the English words are, and who wrote them."""
    return template_state(INTERFACE_TEMPLATE)


@lru_cache(maxsize=128)
def shipped_catalogue(tag: str) -> Catalogue:
    """The words in a language as this version of Kuule ships them; untranslated if there is no file."""
    sources, path = shipped_sources(), INTERFACE_FOLDER / f"{tag}.po"
    if path.is_file():
        return read_po(path, sources)
    return Catalogue(tag, {source.key: untranslated_entry(source) for source in sources})


@cache
def shipped_languages() -> tuple[str, ...]:
    """All languages that have a file, English first."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in INTERFACE_FOLDER.glob("*.po")))
