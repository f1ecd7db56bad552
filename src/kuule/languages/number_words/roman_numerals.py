"""Roman numerals, and words that are one by chance."""

from __future__ import annotations

import re

_NUMERAL = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ALONE = frozenset("VX")
"""Of single capitals these are taken for numerals: I is a word of English, C, D, L and M are initials."""
_BY_CHANCE = frozenset({"CD", "CV", "DC", "MC", "MD", "DI", "MI", "LI", "CI", "xi", "ix", "ii"})


def roman_value(word: str) -> int:
    """The value of a word that is a Roman numeral in capitals, or in small letters of i, v and x; 0 for any other."""
    capitals = word if word.isupper() else word.upper() if word.islower() and set(word) <= set("ivx") else ""
    if not _NUMERAL.fullmatch(capitals) or (len(word) == 1 and word not in _ALONE):
        return 0
    values = [_LETTERS[letter] for letter in capitals]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def is_roman_by_chance(word: str) -> bool:
    """Whether a Roman numeral is an abbreviation or a word as well."""
    return word in _BY_CHANCE
