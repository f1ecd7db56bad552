"""The words of a kit in one language: Kuule's own, what a study says in their place, and what its people translated.

A study's own translations are in `languages/kit/<tag>.po`, on top of those that are shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kuule.core.problems import Problem
from kuule.kit.kit_settings import placeholders
from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.workflow.entries import Catalogue, Entry, SourceText, untranslated_entry
from kuule.languages.workflow.states import State, TextOrigin

KIT_WORDS_TEMPLATE = catalogues.KIT / "interface.pot"
KIT_WORDS_FOLDER = "kit"
"""The name of the folder of a study's own translations, below `languages/`."""
_PREFIX = "kit:"


@dataclass(frozen=True, slots=True)
class KitWord:
    """A text with how far it has come. `by` is the role that brought it there, "" if nobody has."""

    text: str
    state: State
    by: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KitWords:
    """All words in the language `tag`, by name. One that is not translated is "" and untranslated."""

    tag: str
    words: Mapping[str, KitWord]

    def say(self, name: str, /, **values: str) -> str:
        """The text with its placeholders filled in. Raises KeyError."""
        return self.words[name].text.format(**values)


@lru_cache(maxsize=1)
def english_kit_words() -> Mapping[str, str]:
    """Kuule's own words in English, by name."""
    return {source.key.removeprefix(_PREFIX): source.text for source in _shipped_sources()}


@lru_cache(maxsize=1)
def _shipped_sources() -> tuple[SourceText, ...]:
    return read_pot(KIT_WORDS_TEMPLATE)


def kit_words(study: Path, tag: str, *, source_language: str, own: Mapping[str, str]) -> KitWords:
    """The words in a language. `own` are the study's in its source language, in place of Kuule's English ones.

    Raises StudyError as `read_po` does.
    """
    sources = tuple(replace(one, text=own.get(one.key.removeprefix(_PREFIX), one.text)) for one in _shipped_sources())
    if tag == source_language:
        state, _ = template_state(KIT_WORDS_TEMPLATE)
        return KitWords(tag, {_name(one): KitWord(one.text, state, "", one.text, one.note) for one in sources})
    shipped = _catalogue(catalogues.KIT / f"{tag}.po", sources, tag)
    theirs = _catalogue(study / "languages" / KIT_WORDS_FOLDER / f"{tag}.po", sources, tag)
    entries = [_farther(theirs.entries[one.key], shipped.entries[one.key]) for one in sources]
    return KitWords(tag, {entry.key.removeprefix(_PREFIX): _word(entry) for entry in entries})


def placeholder_problems(words: KitWords) -> Iterable[Problem]:
    """A translation whose placeholders are not those of its source could not be filled in (KIT_003)."""
    for name, word in words.words.items():
        if word.text and (wrong := placeholders(word.text) ^ placeholders(word.source)):
            cause = f"{', '.join(sorted(wrong))} is in the text or in its source, and not in both"
            remedy = "write the same names in braces as the source has"
            yield Problem("KIT_003", f"kit:{name} in {words.tag}", cause, remedy, language=words.tag)


def _catalogue(path: Path, sources: tuple[SourceText, ...], tag: str) -> Catalogue:
    if path.is_file():
        return read_po(path, sources)
    return Catalogue(tag, {one.key: untranslated_entry(one) for one in sources})


def _farther(theirs: Entry, shipped: Entry) -> Entry:
    """The study's own text where it has one that is not a machine's untouched draft."""
    by_person = theirs.text and (theirs.origin is TextOrigin.PERSON or theirs.state.reaches(State.REVIEWED))
    return theirs if by_person or not shipped.text else shipped


def _word(entry: Entry) -> KitWord:
    return KitWord(entry.text, entry.effective_state, entry.by, entry.source, entry.source_note)


def _name(source: SourceText) -> str:
    return source.key.removeprefix(_PREFIX)
