"""Every number that a text says, however it is written.

Numbers are digits of any script, number signs, Roman numerals, number words, fractions and words for a share, such as
"most of". The word for one is none by itself: in half of the languages it is the article, and of "one in three" the
three is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kuule.languages.number_words.roman_numerals import is_roman_by_chance, roman_value
from kuule.languages.number_words.word_lists import (
    NumberWords,
    fold_word,
    is_another_word,
    is_number_word,
    number_words,
    without_particle,
)
from kuule.languages.number_words.written_dates import written_dates


class WrittenKind(StrEnum):
    """How a number is written. `MIXED` is a word of letters from several alphabets, which may look like any other."""

    DIGITS = "digits"
    WORDS = "words"
    SHARE = "share"
    PERCENT = "percent"
    ROMAN = "roman"
    DATE = "date"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in a text: from `start` up to `end` of its `visible_text`. `values` are what it can be, none where that
    is not told; `day` is what a date says, such as `2024-12-13` or `2024-12`."""

    start: int
    end: int
    text: str
    kind: WrittenKind
    values: frozenset[Decimal] = frozenset()
    day: str = ""


_DIGITS = re.compile(r"\d{1,3}(?:[.,'’٬\u00a0\u202f ]\d{3})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+(?!\d))?")
_PERCENT_SIGNS = re.compile(r"[%٪‰‱]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_IN_GROUPS = 3


def visible_text(text: str) -> str:
    """A text in NFKC without characters that nobody sees."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")


def written_numbers(text: str, tag: str) -> tuple[WrittenNumber, ...]:
    """The numbers of a text in the language `tag`, in their order. Raises KuuleError LANG_001."""
    seen = visible_text(text)
    dates = _apart(WrittenNumber(s, e, seen[s:e], WrittenKind.DATE, day=day) for s, e, day in written_dates(seen, tag))
    inside = {at for one in dates for at in range(one.start, one.end)}
    rest = "".join("\n" if at in inside else sign for at, sign in enumerate(seen))
    found = [*dates, *_digits(rest), *_signs(rest), *_words(rest, tag)]
    return tuple(_with_percent(sorted(found, key=lambda one: one.start), seen))


def speaks_of_law(text: str, tag: str) -> str:
    """The first words by which a text speaks of what the law says; "" where there are none."""
    words, seen = number_words(tag), visible_text(text)
    spans = [(found.start(), found.end()) for found in _WORD.finditer(seen)]
    folded = [fold_word(seen[start:end], tag) for start, end in spans]
    for at in range(len(folded)):
        if words and (lengths := words.law.lengths(folded, at)):
            return seen[spans[at][0] : spans[at + lengths[0] - 1][1]]
    return ""


def is_homograph(word: str, tag: str) -> bool:
    """Whether a word that looks like a number may be another one, which its author has to say."""
    words = number_words(tag)
    return is_roman_by_chance(word) or bool(words and fold_word(word, tag) in words.homographs)


def _apart(found: Iterable[WrittenNumber]) -> list[WrittenNumber]:
    """Of dates that overlap, the longest."""
    kept: list[WrittenNumber] = []
    for one in sorted(found, key=lambda each: each.start - each.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _digits(text: str) -> Iterator[WrittenNumber]:
    for found in _DIGITS.finditer(text):
        yield WrittenNumber(found.start(), found.end(), found[0], WrittenKind.DIGITS, _readings(found[0]))


def _readings(written: str) -> frozenset[Decimal]:
    """What digits with marks between them can be: a whole number in groups of three, or one with decimals."""
    parts = ["".join(str(unicodedata.decimal(sign)) for sign in part) for part in re.split(r"\D", written)]
    if len(parts) == 1:
        return frozenset({Decimal(parts[0])})
    values = {Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")}
    if all(len(part) == _IN_GROUPS for part in parts[1:]):
        values.add(Decimal("".join(parts)))
    return frozenset(values)


def _signs(text: str) -> Iterator[WrittenNumber]:
    """Signs that are a number and no digit, such as a numeral of Chinese, and signs for per cent."""
    for at, sign in enumerate(text):
        if not sign.isdecimal() and (value := unicodedata.numeric(sign, None)) is not None:
            yield WrittenNumber(at, at + 1, sign, WrittenKind.DIGITS, frozenset({Decimal(str(value))}))
    for found in _PERCENT_SIGNS.finditer(text):
        yield WrittenNumber(found.start(), found.end(), found[0], WrittenKind.PERCENT)


def _words(text: str, tag: str) -> Iterator[WrittenNumber]:
    words = number_words(tag)
    spans = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    folded = [fold_word(text[start:end], tag) for start, end in spans]
    folded = [without_particle(one, words) for one in folded] if words else folded
    at = 0
    while at < len(spans):
        start, end = spans[at]
        found, length = _phrase(folded, at, words) if words else (None, 1)
        if found is None and length == 1:
            found = _single(text[start:end], folded[at], words)
        if found is not None:
            end = spans[at + length - 1][1]
            yield replace(found, start=start, end=end, text=text[start:end])
        at += length


def _phrase(folded: list[str], at: int, words: NumberWords) -> tuple[WrittenNumber | None, int]:
    """The longest phrase that begins at a word, and how many words it has; none, where it is one that says no
    number, such as "age of majority"."""
    if other := [length for length in words.never.lengths(folded, at) if length > 1]:
        return None, max(other)
    for kind, phrases in ((WrittenKind.PERCENT, words.percents), (WrittenKind.SHARE, words.shares)):
        if lengths := phrases.lengths(folded, at):
            return WrittenNumber(0, 0, "", kind), max(lengths)
    for length in range(min(words.longest, len(folded) - at), 1, -1):
        value = words.values.get(tuple(folded[at : at + length]))
        if value is not None:
            return WrittenNumber(0, 0, "", WrittenKind.WORDS, frozenset({Decimal(value)})), length
    return None, 1


def _single(written: str, folded: str, words: NumberWords | None) -> WrittenNumber | None:
    if words is not None and is_another_word(folded, words):
        return None
    if words is not None and is_number_word(folded, words):
        value = words.values.get((folded,))
        known = frozenset() if value is None else frozenset({Decimal(value)})
        return WrittenNumber(0, 0, "", WrittenKind.WORDS, known)
    if value := roman_value(written):
        return WrittenNumber(0, 0, "", WrittenKind.ROMAN, frozenset({Decimal(value)}))
    return WrittenNumber(0, 0, "", WrittenKind.MIXED) if _is_mixed(written) else None


def _is_mixed(word: str) -> bool:
    return not word.isascii() and len({_alphabet(letter) for letter in word} & {"LATIN", "GREEK", "CYRILLIC"}) > 1


@lru_cache(maxsize=1024)
def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""


def _with_percent(found: list[WrittenNumber], text: str) -> Iterator[WrittenNumber]:
    """A number and its word or sign for per cent, on either side, as one."""
    numbers = list(found)
    at = 0
    while at < len(numbers):
        one = numbers[at]
        other = numbers[at + 1] if at + 1 < len(numbers) else None
        if other is not None and _makes_percent(one, other) and not text[one.end : other.start].strip():
            values = one.values or other.values
            yield WrittenNumber(one.start, other.end, text[one.start : other.end], WrittenKind.PERCENT, values)
            at += 2
        else:
            yield one
            at += 1


def _makes_percent(one: WrittenNumber, other: WrittenNumber) -> bool:
    """Whether one of the two is the word for per cent, and the other a number."""
    kinds = {one.kind, other.kind}
    return WrittenKind.PERCENT in kinds and bool(kinds & {WrittenKind.DIGITS, WrittenKind.WORDS})
