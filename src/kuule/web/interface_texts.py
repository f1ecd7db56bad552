"""The words around the questions, in one language. The study's own texts are the edition's."""

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
from kuule.languages.markup.fallback_text import ForeignText, in_language_of
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.frozen_words import FrozenWords, is_still_valid


@dataclass(frozen=True, slots=True)
class InterfaceTexts:
    """The interface in one language: `state` and `origin` are those of its weakest text."""

    language: str
    texts: Mapping[str, str]
    state: State
    origin: TextOrigin

    def say(self, name: str, /, **values: object) -> str:
        """The text `find_interface:<name>` with its `{placeholders}` filled. KeyError for a name that does not
        exist."""
        text = self.texts[name]
        return in_language_of(text.format(**values), text) if values else text


@lru_cache(maxsize=128)
def find_interface(tag: str) -> InterfaceTexts | None:
    """The interface in the language `tag`, or None where nobody has translated it. English is the source."""
    if tag == SOURCE_LANGUAGE:
        texts = {word_name(source.key): source.text for source in shipped_sources()}
        return InterfaceTexts(tag, texts, *source_state())
    if tag not in shipped_languages():
        return None
    catalogue = shipped_catalogue(tag)
    # A text that is not translated yet is English: better understood by some than an empty button.
    texts = {word_name(entry.key): entry.text or _borrowed(entry.source) for entry in catalogue.entries.values()}
    return InterfaceTexts(tag, texts, catalogue.state, catalogue.origin)


def english_interface() -> InterfaceTexts:
    """The source language, which is always there."""
    found = find_interface(SOURCE_LANGUAGE)
    if found is None:
        raise FileNotFoundError("interface.pot is part of the package")
    return found


def interface_or_english(tag: str) -> InterfaceTexts:
    """The interface on pages in the language `tag`: English, each text of it marked as such, where nobody has
    translated it."""
    spoken = find_interface(tag)
    if spoken is not None:
        return spoken
    source = english_interface()
    return replace(source, texts={name: _borrowed(text) for name, text in source.texts.items()})


def frozen_interface(words: FrozenWords | None, tag: str) -> InterfaceTexts:
    """The interface as an edition froze it; that of the package where it froze none (format 1).

    A word that this Kuule does not say as it was frozen (`study.frozen_words`) is the package's, and the interface is
    then no further than that: a page with a word that nobody has reviewed says so.
    """
    if words is None:
        return interface_or_english(tag)
    package, newer = interface_or_english(tag), _newer(words)
    said = {word_name(one.key): one for one in shipped_sources()}
    texts = {name: package.texts[name] if name in newer else words.words[name].text for name in said}
    standing = [_standing(tag, name) for name in newer]
    weakest = min([words.state, *(state for state, _ in standing)], key=lambda state: state.rank)
    by_machine = TextOrigin.MACHINE in (words.origin, *(origin for _, origin in standing))
    return InterfaceTexts(tag, texts, weakest, TextOrigin.MACHINE if by_machine else TextOrigin.PERSON)


def count_newer_texts(words: FrozenWords | None) -> int:
    """How many words this Kuule says otherwise than they were frozen, or says that were not frozen."""
    return 0 if words is None else len(_newer(words))


def _newer(words: FrozenWords) -> frozenset[str]:
    names = ((word_name(one.key), one) for one in shipped_sources())
    return frozenset(
        name for name, one in names if name not in words.words or not is_still_valid(words.words[name], one)
    )


def _standing(tag: str, name: str) -> tuple[State, TextOrigin]:
    """How far the package's own word is, and who made it."""
    if tag == SOURCE_LANGUAGE:
        return source_state()
    entry = shipped_catalogue(tag).entries[f"{INTERFACE_PREFIX}{name}"]
    return entry.effective_state, entry.origin


def interface_languages() -> tuple[str, ...]:
    """The languages that the interface speaks, English first."""
    return shipped_languages()


def _borrowed(text: str) -> str:
    return ForeignText(text, SOURCE_LANGUAGE)
