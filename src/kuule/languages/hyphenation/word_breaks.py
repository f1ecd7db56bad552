"""The long words of texts with the places where each may be broken, for an edition to keep.

Pyphen has the patterns of most languages (those of LibreOffice); two have rules that need none. A language without
either has no breaks: Arabic and Persian are never hyphenated. What no word on a page needs is left out, since each
soft hyphen costs two bytes there and some screen readers hesitate at it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pyphen import Pyphen, language_fallback

from kuule.languages.hyphenation import syllables
from kuule.languages.hyphenation.soft_hyphens import LEAST_LETTERS

LEAST_PART = 3
"""Letters that stay together at the beginning and at the end of a word."""
_LONGEST_PART = 7
"""Breaks are left out where the part between two others has no more letters than this."""
_LEAST_HEAD, _LEAST_TAIL = 5, 5
"""Letters of a known word with which a longer one begins or ends: where the two meet is the best place of all."""
_WORD = re.compile(rf"[^\W\d_]{{{min(_LEAST_HEAD, _LEAST_TAIL)},}}")
_NO_WORDS = re.compile(r"\$?\{[^}]*\}|\S*(?:://|@|www\.|\w\.\w)\S*")
"""Placeholders and addresses: nothing in them is a word of the language."""


def word_breaks(texts: Iterable[str], tag: str) -> tuple[str, ...]:
    """Every long word of the texts that can be broken, in small letters, once, with a hyphen at each break."""
    known = frozenset(word for text in texts for word in _words(text))
    broken = (hyphenated_word(word, tag, known) for word in sorted(known) if len(word) >= LEAST_LETTERS)
    return tuple(word for word in broken if "-" in word)


def hyphenated_word(word: str, tag: str, known: Collection[str] = ()) -> str:
    """A word of small letters with a hyphen where it may be broken in the language; the word itself where nowhere.
    `known` are other words, of which it may be compounded."""
    places, seams = _places(word, tag), _seams(word, known)
    if tag.partition("-")[0] in syllables.LANGUAGES:
        # Letters do not show that a part begins with a vowel: vanhentumis-aikoja, and not vanhentumi-saikoja.
        hidden = {place for place in seams if place - 1 in places and word[place:] in known}
        places = sorted({*places, *hidden} - {place - 1 for place in hidden})
    elif not places and _patterns(tag) is not None:
        # What the patterns do not know: видео-звонки, where the texts have видео.
        places = [place for place in sorted(seams) if _LEAST_HEAD <= place <= len(word) - _LEAST_TAIL]
    places = [place for place in places if LEAST_PART <= place <= len(word) - LEAST_PART]
    kept = _sparse(places, _apart(place for place in places if place in seams), len(word))
    return "-".join(word[start:end] for start, end in pairwise((0, *kept, len(word))))


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(_NO_WORDS.sub(" ", text)):
        small = found.group().lower()
        if len(small) == len(found.group()):
            yield small


def _places(word: str, tag: str) -> list[int]:
    language = tag.partition("-")[0]
    if language in syllables.LANGUAGES:
        return syllables.syllable_breaks(word, language)
    patterns = _patterns(tag)
    if patterns is None:
        return []
    # A break that changes letters (Hungarian asszony, asz-szony) has data of its own; a soft hyphen cannot do that.
    return [int(place) for place in patterns.positions(word) if not getattr(place, "data", None)]


def _seams(word: str, known: Collection[str]) -> frozenset[int]:
    """Where a word that is known ends within this one, or begins."""
    heads = (place for place in range(_LEAST_HEAD, len(word)) if word[:place] in known)
    tails = (place for place in range(1, len(word) - _LEAST_TAIL + 1) if word[place:] in known)
    return frozenset((*heads, *tails))


def _apart(places: Iterable[int]) -> list[int]:
    """The places, but for those too near to one before them."""
    kept: list[int] = []
    for place in places:
        if not kept or place - kept[-1] >= LEAST_PART:
            kept.append(place)
    return kept


def _sparse(places: Sequence[int], seams: Sequence[int], length: int) -> list[int]:
    """The seams, and of the other places as few as leave no part longer than it has to be."""
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


@lru_cache(maxsize=64)
def _patterns(tag: str) -> Pyphen | None:
    known = language_fallback(tag)
    return None if known is None else Pyphen(lang=known, left=LEAST_PART, right=LEAST_PART)
