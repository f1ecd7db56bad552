"""Source texts and their translations, from the texts of studies or from a TMX file, and which of them fits a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kuule.languages.workflow.states import State, TextOrigin
from kuule.translation.text_sets.text_set import TextSet


@dataclass(frozen=True, slots=True)
class TranslationPair:
    """A source text and its translation into one language. `key` is that of the text where it comes from; `place` is
    the study or the file. `state` and `origin` say how far the translation is and who wrote it."""

    key: str
    source: str
    language: str
    text: str
    state: State
    origin: TextOrigin
    place: str


def pairs_of(texts: TextSet) -> Iterator[TranslationPair]:
    """Every text of a set that has a translation of its present source, language by language."""
    for tag, catalogue in texts.catalogues.items():
        for entry in catalogue.entries.values():
            if entry.text and not entry.stale:
                yield TranslationPair(entry.key, entry.source, tag, entry.text, entry.state, entry.origin, texts.name)


class TranslationMemory:
    """Pairs by language and source. Two sources are the same if they differ in spaces at their ends at most."""

    def __init__(self, pairs: Iterable[TranslationPair]) -> None:
        self._pairs: dict[tuple[str, str], list[TranslationPair]] = {}
        for pair in pairs:
            self._pairs.setdefault((pair.language, _plain(pair.source)), []).append(pair)

    def matches(self, language: str, source: str, key: str) -> tuple[TranslationPair, ...]:
        """The pairs for this source, best first: by a person before by a machine, then that of the same key, then the
        one whose translation is furthest. Only those of the best kind are returned: several wordings are several pairs.
        """
        found = self._pairs.get((language, _plain(source)), [])
        best = max((_rank(pair, key) for pair in found), default=None)
        wordings: Mapping[str, TranslationPair] = {
            pair.text: pair for pair in reversed(found) if _rank(pair, key) == best
        }
        return tuple(wordings.values())

    def __len__(self) -> int:
        return sum(map(len, self._pairs.values()))


def _rank(pair: TranslationPair, key: str) -> tuple[bool, bool, int]:
    return pair.origin is TextOrigin.PERSON, pair.key == key, pair.state.rank


def _plain(source: str) -> str:
    return unicodedata.normalize("NFC", source.strip())
