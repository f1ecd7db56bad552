"""Dates: days and months in words of the language and in digits, and years. Ages are left to people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kuule.languages.cldr.month_names import month_names
from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.language_words import language_words
from kuule.qualitative.identifiers.word_folding import fold_word
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(\d{1,2})([./-])[^\S\n]?(\d{1,2})\2(?:[^\S\n]?((?:1[3489]|20)?\d{2})(?!\d)|(?![^\S\n]?\d))"
    r"|((?:1[3489]|20)\d{2})([./-])(\d{1,2})\6(\d{1,2})(?!\d))"
)
"""Day, month and perhaps a year, or a year, month and day."""
_YEAR = re.compile(r"(?<![\w.,:/+-])(?:19[2-9]\d|20[0-4]\d)(?![\d%]|[^\S\n]?[€$£]|[.,:/-]\d)(?=['’]?(?:\W|$|[^\W\d]))")
_SOLAR_YEAR = re.compile(r"(?<![\w.,:/+-])1[34]\d\d(?![\w%]|[.,:/-]\d)")
_BEFORE = re.compile(r"\d{1,2}(?:[^\w\n]{0,2}[^\W\d_]{1,3})?[^\w\n]{1,2}(?:[^\W\d_]{1,3}[^\w\n]{1,2})?$|\d{1,2}\.?$")
_AFTER = re.compile(
    r"[^\w\n]{0,2}(?:[^\W\d_]{1,5}[^\w\n]{1,2})?(?:\d{1,2}(?:[^\W\d_]{1,2})?[^\w\n]{1,3}(?:[^\W\d_]{1,3}[^\w\n])?)?(?:\d{4}|['’]\d{2}|\d{1,2})(?!\d)"
)
_YEAR_NEAR = re.compile(r"[^\w\n]{1,2}(?:[^\W\d_]{1,4}[^\w\n]{1,2})?(?:19|20|1[34])\d\d(?!\d)")
_NEAR = 16
_SHORTEST_STEM = 4
_LONGEST_ENDING = 6
_MOST_DAY, _MOST_MONTH = 31, 12


@lru_cache(maxsize=64)
def _months(tag: str) -> frozenset[str]:
    return frozenset(fold_word(name.rstrip(".")) for name in month_names(tag))


def find_dates(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Months with a number beside them, dates in digits, years."""
    yield from _months_with_numbers(answer)
    for match in _NUMERIC.finditer(answer.digits):
        if _is_date(match):
            yield FoundSpan(*match.span(), Category.DATE, "date:digits")
    for match in _YEAR.finditer(answer.digits):
        yield FoundSpan(*match.span(), Category.DATE, "date:year")
    seasons = language_words(answer.language).season
    for word in answer.words:
        year = _YEAR_NEAR.match(answer.digits, word.end) if word.key in seasons else None
        if year:
            yield FoundSpan(word.start, year.end(), Category.DATE, "date:season")
    if answer.language.startswith("fa"):
        for match in _SOLAR_YEAR.finditer(answer.digits):
            yield FoundSpan(*match.span(), Category.DATE, "date:year")


def _months_with_numbers(answer: ReadAnswer) -> Iterator[FoundSpan]:
    months = _months(answer.language)
    for word in answer.words:
        if not _is_month(word.key, months):
            continue
        before = _BEFORE.search(answer.digits[max(0, word.start - _NEAR) : word.start])
        after = _AFTER.match(answer.digits, word.end, word.end + 2 * _NEAR)
        if before or after:
            start = word.start - (len(before[0]) if before else 0)
            end = after.end() if after else word.end
            yield FoundSpan(start, end, Category.DATE, "date:month")


def _is_month(key: str, months: frozenset[str]) -> bool:
    if key in months:
        return True
    return any(key[:length] in months for length in range(max(_SHORTEST_STEM, len(key) - _LONGEST_ENDING), len(key)))


def _is_date(match: re.Match[str]) -> bool:
    one, other = int(match[1] or match[7]), int(match[3] or match[8])
    if match[1] and not match[4] and match[2] != ".":
        return False
    day_first = one <= _MOST_DAY and other <= _MOST_MONTH
    month_first = one <= _MOST_MONTH and other <= _MOST_DAY and match[2] != "."
    return one > 0 and other > 0 and (day_first or month_first)
