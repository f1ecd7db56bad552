"""The words for numbers of each language, from two tables of data.

`spelled_numbers.csv` is what CLDR's rules spell out (Unicode License V3): cardinals and ordinals in every gender and
case that the rules have; scripts/spelled_numbers.py wrote it. `share_words.csv` has what the rules do not: fractions,
words for shares, other forms, and the words by which a text speaks of the law. A `*` ends the stem of a word, and `=20`
says which number it is.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_PACKAGE = "kuule.languages.number_words"
_KINDS = ("number", "share", "percent", "homograph", "not", "law")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´ʹ"), "'")
_LOOKALIKES = str.maketrans(
    {"ş": "ș", "ţ": "ț", "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ё": "е"}
)
"""Letters that are written in two ways: of Russian with dots or without, of Romanian with a cedilla or a comma, of
Arabic and Persian with marks or without."""
_WITHOUT_MARKS = frozenset({"el", "ar", "fa"})
"""Languages of which accents or vowel signs are often left out, in capitals or always."""
_DOTTED = frozenset({"tr", "az"})
_SMALL_I = str.maketrans({"İ": "i", "I": "ı"})
"""Turkish has an i with a dot and one without, in capitals too."""
_SHORTEST_PART = 3
_LINKS = frozenset({"und", "en", "ën", "og", "e", "i", "és"})
"""What is written between number words that make one word."""
_PARTICLES = {"ar": ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك")}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class Phrases(tuple[tuple[str, ...], ...]):
    """Phrases of one or several words, of which the last may be a stem. They are found by their first word: few of them
    begin at any word of a text."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self.__stems = tuple(phrase[0][:-1] for phrase in self if len(phrase) == 1 and phrase[0].endswith("*"))
        self.__begun: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self:
            if len(phrase) > 1 or not phrase[0].endswith("*"):
                self.__begun.setdefault(phrase[0], []).append(phrase)

    def lengths(self, words: Sequence[str], at: int) -> list[int]:
        """How many words each phrase has that begins at a word."""
        begun = [len(one) for one in self.__begun.get(words[at], ()) if _begins_with(words, at, one)]
        return [*begun, 1] if words[at].startswith(self.__stems) else begun

    def has_first(self, word: str) -> bool:
        """Whether a phrase has this word as its first."""
        return word in self.__begun


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of one language, folded. `values` has what is known of a word or of several in a row; a word that is in
    `numbers` alone is a number, and which one is not told. `stems` begin numbers. `shares` and `percents` are phrases;
    so are `law`, words that make a text speak of the law. What is in `never` is no number, and a `homograph` may be
    another word, which only the author can tell."""

    values: Mapping[tuple[str, ...], int]
    numbers: frozenset[str]
    stems: tuple[str, ...]
    shares: Phrases
    percents: Phrases
    homographs: frozenset[str]
    never: Phrases
    law: Phrases
    particles: tuple[str, ...] = ()
    """What is written at the beginning of a word without being one, the longest first."""
    longest: int = 1
    """How many words the longest number of several words has."""
    in_numbers: frozenset[str] = frozenset()
    """Every word of a number of several words."""


def fold_word(text: str, tag: str) -> str:
    """A text in the form in which words are compared: one alphabet form, small letters, nothing invisible."""
    if text.isascii() and tag not in _DOTTED:
        return text.replace("`", "'").casefold()
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    if tag in _DOTTED:
        plain = plain.translate(_SMALL_I)
    plain = plain.replace("ـ", "").translate(_APOSTROPHES).casefold().translate(_LOOKALIKES)
    if tag.split("-")[0] in _WITHOUT_MARKS:
        split = unicodedata.normalize("NFD", plain)
        plain = "".join(one for one in split if unicodedata.category(one) != "Mn")
    return unicodedata.normalize("NFC", plain).translate(_LOOKALIKES)


def words_in(folded: str) -> tuple[str, ...]:
    """The words of a folded text."""
    return tuple(_WORD.findall(folded))


def _begins_with(words: Sequence[str], at: int, phrase: Sequence[str]) -> bool:
    """Whether a phrase begins at a word; its last word may be the beginning of one."""
    if len(words) - at < len(phrase):
        return False
    *whole, last = phrase
    if any(words[at + number] != one for number, one in enumerate(whole)):
        return False
    word = words[at + len(whole)]
    return word.startswith(last[:-1]) if last.endswith("*") else word == last


def without_particle(folded: str, words: NumberWords) -> str:
    """A word of Arabic without the particles that are written with it ("and", "in", "the"), if a number is left."""
    for particle in words.particles if folded not in words.in_numbers else ():
        rest = folded.removeprefix(particle)
        if rest != folded and (rest in words.numbers or words.shares.has_first(rest) or words.percents.has_first(rest)):
            return rest
    return folded


def is_another_word(folded: str, words: NumberWords) -> bool:
    """Whether a word is not a number whatever it looks like."""
    return bool(words.never.lengths([folded], 0))


def is_number_word(folded: str, words: NumberWords) -> bool:
    """Whether a word is a number, begins like one, or is made of several. What `is_another_word` is none."""
    return folded in words.numbers or folded.startswith(words.stems) or _is_made_of(folded, words.numbers)


def _is_made_of(word: str, parts: frozenset[str]) -> bool:
    """Whether a word is two or more number words written together, such as "fünfundzwanzig"."""
    reached = {0: 0}
    for end in range(_SHORTEST_PART, len(word) + 1):
        for start, count in tuple(reached.items()):
            piece = word[start:end]
            if (len(piece) >= _SHORTEST_PART and piece in parts) or (start and count and piece in _LINKS):
                reached[end] = max(reached.get(end, 0), count + (piece in parts))
    return reached.get(len(word), 0) > 1


@lru_cache(maxsize=64)
def number_words(tag: str) -> NumberWords | None:
    """The words of a language, None where the tables do not have it. A tag with a region has those of its language."""
    tags = {tag, *(one for one in _languages() if one.split("-")[0] == tag.split("-")[0])} & _languages()
    if not tags:
        return None
    name = tag if tag in tags else sorted(tags)[0]
    listed = {kind: tuple(_listed(name, kind)) for kind in _KINDS}
    values = dict(_spelled(name))
    values |= {words[:-1]: int(words[-1]) for words in listed["number"] if words[-1].isdecimal()}
    singles = {words[0] for words in values if len(words) == 1}
    counted = [words for words in listed["number"] if not words[-1].isdecimal()]
    exact = {words[0] for words in counted if len(words) == 1 and not words[0].endswith("*")}
    return NumberWords(
        values=values,
        numbers=frozenset(singles | exact),
        stems=tuple(words[0][:-1] for words in counted if len(words) == 1 and words[0].endswith("*")),
        shares=Phrases((*listed["share"], *(words for words in counted if len(words) > 1))),
        percents=Phrases(listed["percent"]),
        homographs=frozenset(words[0] for words in listed["homograph"]),
        never=Phrases(listed["not"]),
        law=Phrases(listed["law"]),
        particles=_PARTICLES.get(name, ()),
        longest=max(map(len, values)),
        in_numbers=frozenset(word for words in values for word in words),
    )


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(row["language"] for row in _rows("spelled_numbers.csv"))


def _spelled(tag: str) -> Iterator[tuple[tuple[str, ...], int]]:
    for row in _rows("spelled_numbers.csv"):
        if row["language"] == tag:
            for form in row["words"].split("|"):
                if words := words_in(fold_word(form, tag)):
                    yield words, int(row["value"])


def _listed(tag: str, kind: str) -> Iterator[tuple[str, ...]]:
    for row in _rows("share_words.csv"):
        if row["language"] == tag and row["kind"] == kind:
            for phrase in row["words"].split("|"):
                spelled, _, value = phrase.partition("=")
                words = list(words_in(fold_word(spelled.removesuffix("*"), tag)))
                if value:
                    words.append(value)
                elif words and phrase.endswith("*"):
                    words[-1] += "*"
                if words:
                    yield tuple(words)


@lru_cache(maxsize=2)
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files(_PACKAGE).joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
