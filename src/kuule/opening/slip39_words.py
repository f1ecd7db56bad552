"""The 1,024 words of SLIP-39 as people type them: in any case, with or without numbering, and shortened to four letters
or more.

No message here quotes a word, because the words are secrets. A mistake is named by its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from shamir_mnemonic.wordlist import WORDLIST

__all__ = ["WORDLIST", "UnknownWord", "complete_word", "random_words", "typed_words"]

_PREFIX = 4
"""Letters by which the words of SLIP-39 differ."""
_BY_PREFIX = {word[:_PREFIX]: word for word in WORDLIST}
_WORD = re.compile(r"[^\W\d_]+")
"""Letters of any script: a word in another alphabet is a mistake to report and not something to ignore."""


class UnknownWord(ValueError):
    """A word that is not in the list. `place` counts from 1; `before` has the words before it, in full."""

    def __init__(self, place: int, before: Sequence[str]) -> None:
        super().__init__(f"word {place} is not in the list")
        self.place = place
        self.known_words = tuple(before)


def typed_words(text: str, already: Sequence[str] = ()) -> list[str]:
    """The words that were typed, in full, after those of `already`. Raises UnknownWord, whose place counts those
    too."""
    words = list(already)
    for typed in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        word = complete_word(typed)
        if word is None:
            raise UnknownWord(len(words) + 1, words) from None
        words.append(word)
    return words


def complete_word(typed: str) -> str | None:
    """The word that `typed` is, or of which it is the beginning with at least four letters; None if there is none."""
    word = _BY_PREFIX.get(typed[:_PREFIX])
    return word if word is not None and word.startswith(typed) else None


def random_words(count: int, below: Callable[[int], int]) -> tuple[str, ...]:
    """Random words, drawn one by one. `below(n)` gives a uniformly random whole number from 0 to n - 1."""
    return tuple(WORDLIST[below(len(WORDLIST))] for _ in range(count))
