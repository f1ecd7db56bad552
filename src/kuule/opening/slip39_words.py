"""The 1,024 words of SLIP-39 as people type them: any case, numbering ignored, the first four letters are enough.

Nothing here quotes a word in what it says: the words are secrets. A slip is named by its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from shamir_mnemonic.wordlist import WORDLIST

__all__ = ["WORDLIST", "UnknownWord", "complete_word", "random_words", "typed_words"]

_PREFIX = 4
"""Letters by which the words of SLIP-39 tell themselves apart."""
_BY_PREFIX = {word[:_PREFIX]: word for word in WORDLIST}
_WORD = re.compile(r"[^\W\d_]+")
"""Letters of any script: a word in another alphabet is a slip to be told, not something to pass over."""


class UnknownWord(ValueError):
    """A word that is not in the list. `place` counts from 1; `before` are the words up to it, in full."""

    def __init__(self, place: int, before: Sequence[str]) -> None:
        super().__init__(f"word {place} is not in the list")
        self.place = place
        self.known_words = tuple(before)


def typed_words(text: str, already: Sequence[str] = ()) -> list[str]:
    """The words in what was typed, in full, after those of `already`. Raises UnknownWord, counted with those."""
    words = list(already)
    for typed in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        word = complete_word(typed)
        if word is None:
            raise UnknownWord(len(words) + 1, words) from None
        words.append(word)
    return words


def complete_word(typed: str) -> str | None:
    """The word that `typed` is, or the beginning of, with at least four letters."""
    word = _BY_PREFIX.get(typed[:_PREFIX])
    return word if word is not None and word.startswith(typed) else None


def random_words(count: int, below: Callable[[int], int]) -> tuple[str, ...]:
    """Words drawn one by one; `below(n)` gives a whole number from 0 to n - 1, each as likely."""
    return tuple(WORDLIST[below(len(WORDLIST))] for _ in range(count))
