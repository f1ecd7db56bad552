"""A name as it stands in a sentence: "Annalle", "Иваном", "Matin". Lists have it in one form, so what is looked up are
stems. A rough rule for each language, which finds most forms, and now and then a word that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuule.qualitative.identifiers.word_folding import fold_word

_SHORTEST_STEM = 3
_FINNISH = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm")),
    *(("rk", "r"), ("ht", "hd")),
)
"""Consonant gradation: strong and weak, before the last vowel (Iso suomen kielioppi, section 41)."""
_LAST_SYLLABLE = re.compile(r"(.*?)([kptnlrmh]{2})([aeiouy])$")
_ARABIC_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
"""And, so, with, like, for, the: written together with the word behind them."""


@dataclass(frozen=True, slots=True)
class Inflection:
    """`endings` follow a stem; `finals` end the form that lists have, and are not in the stem."""

    language: str
    endings: tuple[str, ...] = ()
    finals: tuple[str, ...] = ()

    @classmethod
    def from_words(cls, language: str, endings: str, finals: str) -> Inflection:
        """From endings and finals with spaces between. The longest are tried first."""
        return cls(language, _longest_first(endings), _longest_first(finals))

    def stems_of_name(self, key: str) -> frozenset[str]:
        """Under what a name is put on the list."""
        stems = {key}
        for final in self.finals:
            if key.endswith(final) and len(key) - len(final) >= _SHORTEST_STEM:
                stems.add(key[: -len(final)])
                break
        if self.language == "fi":
            stems.update(_finnish_stems(key))
        return frozenset(stems)

    def stems_of_word(self, key: str) -> Iterator[str]:
        """Under what a word of a text is looked for."""
        yield key
        for ending in self.endings:
            if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
                yield key[: -len(ending)]
        if self.language == "ar":
            yield from _without_prefixes(key)


def _longest_first(words: str) -> tuple[str, ...]:
    return tuple(sorted({fold_word(word) for word in words.split()}, key=len, reverse=True))


def _finnish_stems(key: str) -> Iterator[str]:
    if key.endswith("nen"):
        yield key[:-3] + "se"
        yield key[:-3] + "s"
    if key.endswith("e"):
        yield key + "e"
    stems = [key, key[:-1] + "e"] if key.endswith("i") else [key]
    yield from stems
    for stem in stems:
        last = _LAST_SYLLABLE.match(stem)
        for strong, weak in _FINNISH:
            if last and last[2] == strong:
                yield last[1] + weak + last[3]


def _without_prefixes(key: str) -> Iterator[str]:
    for prefix in _ARABIC_PREFIXES:
        if key.startswith(prefix) and len(key) - len(prefix) >= _SHORTEST_STEM:
            yield key[len(prefix) :]
