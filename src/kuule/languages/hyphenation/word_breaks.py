"""Finds the long words of texts, and where each of them may be broken. An edition keeps them.

There are patterns for most languages (`break_patterns`); two languages have rules instead. Any other language has
no breaks: Arabic and Persian are never hyphenated. Breaks that no page needs are left out, because each soft hyphen
takes two bytes and makes some screen readers hesitate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from kuule.languages.hyphenation import syllables
from kuule.languages.hyphenation.break_patterns import break_patterns
from kuule.languages.hyphenation.soft_hyphens import LEAST_LETTERS

LEAST_PART = 3
"""How many letters stay together at the beginning and at the end of a word."""
_MOST_LETTERS = 100
"""A longer row of letters is no word of any language. Looking for its breaks would take time that grows with the third
power of its length."""
_LONGEST_PART = 7
"""A break is left out if the part between its two neighbours has no more letters than this."""
_LEAST_HEAD, _LEAST_TAIL = 5, 5
"""How many letters a known word needs with which a longer word begins or ends. The seam between the two parts is the
best place for a break."""
_WORD = re.compile(rf"[^\W\d_]{{{min(_LEAST_HEAD, _LEAST_TAIL)},}}")
_NO_WORDS = re.compile(r"\$?\{[^}]*\}|\S*(?:://|@|www\.|\w\.\w)\S*")
"""Placeholders and addresses, which contain no words of the language."""
_SIGN_OF_NO_WORD = re.compile(r"[{@]|://|www\.|\w\.\w")
"""Few texts have one, and looking for all of an address takes ten times as long."""


def word_breaks(texts: Iterable[str], tag: str) -> tuple[str, ...]:
    """Every long word of the texts that can be broken, once, in lower case, with a hyphen at each break."""
    written = {word for text in texts for word in _words(text)}
    known = frozenset(small for word in written if len(small := word.lower()) == len(word))
    broken = (
        hyphenated_word(word, tag, known) for word in sorted(known) if LEAST_LETTERS <= len(word) <= _MOST_LETTERS
    )
    return tuple(word for word in broken if "-" in word)


def hyphenated_word(word: str, tag: str, known: Collection[str] = ()) -> str:
    """A word in lower case with a hyphen at each place where the language lets it be broken. `known` are other words,
    which may be parts of this one."""
    places, seams = _places(word, tag), _seams(word, known)
    if tag.partition("-")[0] in syllables.LANGUAGES:
        # The rules cannot know that a part begins with a vowel: vanhentumis-aikoja, not vanhentumi-saikoja.
        hidden = {place for place in seams if place - 1 in places and word[place:] in known}
        places = sorted({*places, *hidden} - {place - 1 for place in hidden})
    elif not places and break_patterns(tag) is not None:
        # What the patterns do not know: видео-звонки, if the texts contain видео.
        places = [place for place in sorted(seams) if _LEAST_HEAD <= place <= len(word) - _LEAST_TAIL]
    places = [place for place in places if LEAST_PART <= place <= len(word) - LEAST_PART]
    kept = _sparse(places, _apart(place for place in places if place in seams), len(word))
    return "-".join(word[start:end] for start, end in pairwise((0, *kept, len(word))))


def _words(text: str) -> list[str]:
    return _WORD.findall(_NO_WORDS.sub(" ", text) if _SIGN_OF_NO_WORD.search(text) else text)


def _places(word: str, tag: str) -> list[int]:
    language = tag.partition("-")[0]
    if language in syllables.LANGUAGES:
        return syllables.syllable_breaks(word, language)
    patterns = break_patterns(tag)
    return [] if patterns is None else patterns.places(word, least=LEAST_PART)


def _seams(word: str, known: Collection[str]) -> frozenset[int]:
    """The positions at which a known word ends or begins inside this one."""
    heads = (place for place in range(_LEAST_HEAD, len(word)) if word[:place] in known)
    tails = (place for place in range(1, len(word) - _LEAST_TAIL + 1) if word[place:] in known)
    return frozenset((*heads, *tails))


def _apart(places: Iterable[int]) -> list[int]:
    """The positions without those that are too close to an earlier one."""
    kept: list[int] = []
    for place in places:
        if not kept or place - kept[-1] >= LEAST_PART:
            kept.append(place)
    return kept


def _sparse(places: Sequence[int], seams: Sequence[int], length: int) -> list[int]:
    """The seams, and as few of the other positions as are needed to keep every part short."""
    kept: list[int] = []
    for start, end in pairwise((0, *seams, length)):
        inner = [place for place in places if start + LEAST_PART <= place <= end - LEAST_PART]
        last = start
        for place, following in pairwise((*inner, end)):
            if following - last > _LONGEST_PART and place - last >= LEAST_PART:
                kept.append(place)
                last = place
        kept += [end] if end < length else []
    return kept
