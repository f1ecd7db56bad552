"""The texts around the questions, in one language. The texts of the study itself belong to the edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kuule.languages.gettext.shipped_words import (
    INTERFACE_PREFIX,
    SOURCE_LANGUAGE,
    shipped_catalogue,
    shipped_languages,
    shipped_sources,
    source_state,
    word_name,
)
from kuule.languages.gettext.spoken_texts import spoken_texts
from kuule.languages.hyphenation.soft_hyphens import SoftHyphens
from kuule.languages.markup.fallback_text import in_english, in_language_of, with_hyphens
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.frozen_words import FrozenWords, is_still_valid


@dataclass(frozen=True, slots=True)
class InterfaceTexts:
    """The interface texts of one language. `state` and `origin` are those of the least finished text."""

    language: str
    texts: Mapping[str, str]
    state: State
    origin: TextOrigin

    def say(self, name: str, /, **values: object) -> str:
        """The text `interface:<name>` with its `{placeholders}` filled in. Raises KeyError for an unknown name."""
        text = self.texts[name]
        return in_language_of(text.format(**values), text) if values else text

    def with_hyphens(self, own: SoftHyphens, english: SoftHyphens) -> InterfaceTexts:
        """The same texts with soft hyphens on pages. Texts that are English because they have no translation get those
        of English."""
        return replace(self, texts={name: with_hyphens(text, own, english) for name, text in self.texts.items()})


@lru_cache(maxsize=128)
def find_interface(tag: str) -> InterfaceTexts | None:
    """The interface texts in the language `tag`, or None if nobody has translated them. English is the source."""
    catalogue = shipped_catalogue(tag) if tag in shipped_languages() else None
    spoken = spoken_texts(tag, shipped_sources(), catalogue, missing=in_english, source=source_state())
    if spoken is None:
        return None
    texts = {word_name(key): text for key, text in spoken.texts.items()}
    return InterfaceTexts(tag, texts, spoken.state, spoken.origin)


def english_interface() -> InterfaceTexts:
    """The interface texts of the source language, which always exist."""
    found = find_interface(SOURCE_LANGUAGE)
    if found is None:
        raise FileNotFoundError("interface.pot is part of the package")
    return found


def interface_or_english(tag: str) -> InterfaceTexts:
    """The interface texts for pages in the language `tag`; if nobody has translated them, the English ones, each marked
    as English."""
    spoken = find_interface(tag)
    if spoken is not None:
        return spoken
    source = english_interface()
    return replace(source, texts={name: in_english(text) for name, text in source.texts.items()})


def frozen_interface(words: FrozenWords | None, tag: str) -> InterfaceTexts:
    """The interface texts that an edition froze or, if it froze none (format 1), those of the package.

    A text that the package has changed since (`study.edition.frozen_words`) is taken from the package. The interface
    then counts as reviewed only as far as that text is, and a page with a text that nobody has reviewed says so.
    """
    if words is None:
        return interface_or_english(tag)
    newer = _newer(words)
    # The package's own texts are read where one is needed: that takes longer than all else that is read of a language.
    package = interface_or_english(tag).texts if newer else {}
    said = (word_name(one.key) for one in shipped_sources())
    texts = {name: package[name] if name in newer else words.words[name].text for name in said}
    standing = [_standing(tag, name) for name in newer]
    weakest = min([words.state, *(state for state, _ in standing)], key=lambda state: state.rank)
    by_machine = TextOrigin.MACHINE in (words.origin, *(origin for _, origin in standing))
    return InterfaceTexts(tag, texts, weakest, TextOrigin.MACHINE if by_machine else TextOrigin.PERSON)


def count_newer_texts(words: FrozenWords | None) -> int:
    """How many texts the package has changed or added since they were frozen."""
    return 0 if words is None else len(_newer(words))


def _newer(words: FrozenWords) -> frozenset[str]:
    names = ((word_name(one.key), one) for one in shipped_sources())
    return frozenset(
        name for name, one in names if name not in words.words or not is_still_valid(words.words[name], one)
    )


def _standing(tag: str, name: str) -> tuple[State, TextOrigin]:
    """How far the package's text is reviewed, and who made it."""
    if tag == SOURCE_LANGUAGE:
        return source_state()
    entry = shipped_catalogue(tag).entries[f"{INTERFACE_PREFIX}{name}"]
    return entry.effective_state, entry.origin


def interface_languages() -> tuple[str, ...]:
    """The languages that the interface has, English first."""
    return shipped_languages()
