"""Breaks between syllables for languages whose spelling shows them, and for which Pyphen has no patterns.

In Finnish and Turkish a syllable begins with the last consonant before a vowel, and with no other: `väki-val-ta`,
`kont-rol`. Two vowels are never parted, since that needs to be known word by word.
"""

from __future__ import annotations

_VOWELS = {"fi": frozenset("aeiouyåäö"), "tr": frozenset("aeıioöuüâîû")}
LANGUAGES = frozenset(_VOWELS)
"""Languages that `syllable_breaks` knows, without their region."""


def syllable_breaks(word: str, language: str) -> list[int]:
    """The places before which a word of small letters may be broken. Raises KeyError for an unknown language."""
    vowels = _VOWELS[language]
    spoken = [letter in vowels for letter in word]
    return [
        place
        for place in range(1, len(word) - 1)
        if not spoken[place] and spoken[place + 1] and any(spoken[:place]) and word[place].isalpha()
    ]
