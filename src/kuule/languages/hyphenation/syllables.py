"""Breaks between syllables, for languages whose spelling shows syllables and for which Pyphen has no patterns.

In Finnish and Turkish a syllable begins with the last consonant before a vowel: `väki-val-ta`, `kont-rol`. Two vowels
are never separated, because that would have to be known word by word.
"""

from __future__ import annotations

_VOWELS = {"fi": frozenset("aeiouyåäö"), "tr": frozenset("aeıioöuüâîû")}
LANGUAGES = frozenset(_VOWELS)
"""The languages that `syllable_breaks` knows, without a region."""


def syllable_breaks(word: str, language: str) -> list[int]:
    """The positions at which a word in lower case may be broken. Raises KeyError for an unknown language."""
    vowels = _VOWELS[language]
    spoken = [letter in vowels for letter in word]
    return [
        place
        for place in range(1, len(word) - 1)
        if not spoken[place] and spoken[place + 1] and any(spoken[:place]) and word[place].isalpha()
    ]
