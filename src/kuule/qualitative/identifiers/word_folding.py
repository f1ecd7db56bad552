"""A word as lists have it: whatever its capitals, its accents and its invisible characters. For looking up only."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(
    dict(zip("ıøłđðŋħیةىئؤکہۀٱ", "iolddnhيهييوكهها", strict=True)) | {"þ": "th", "æ": "ae", "œ": "oe", "ـ": ""}
)
_UNSEEN = ("Mn", "Me", "Cf")
LONGEST_WORD = 64
"""What is longer is cut before it is folded: no name is."""


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """The letters of a word by which it is looked up: "Ása" and "asa" have the same."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word[:LONGEST_WORD].casefold().translate(_ALIKE))
    return "".join(one for one in spread if unicodedata.category(one) not in _UNSEEN).translate(_ALIKE)
