"""Numbers of identity cards, accounts and cases: those of the countries in which a language is spoken by their check
digits, and any other long number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.identity_schemes import EVERYWHERE, SCHEMES, IdentityScheme
from kuule.qualitative.identifiers.language_countries import countries_of
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_LONG = re.compile(r"(?<![\w.,])[^\W_]{0,4}[-/]?\d(?:[-/ ]?\d){4,24}(?![\w%])(?![.,]\d)")
_FILE = re.compile(r"(?<![\w.,/])\d{1,4}[^\S\n][A-Z][A-Za-z]{0,4}[^\S\n]\d{1,6}/\d{2,4}(?!\w)")
"""What German and Austrian courts and offices number files by: "7 Js 1187/04"."""
_ROUND = re.compile(r"\d{1,3}(?:[ .,]?0{3})+|(?:1[89]|20)\d\d[-/ ](?:1[89]|20)?\d\d")
_ENOUGH_DIGITS = re.compile(r"(?:\d[^\d\n]{0,4}){5}")


@lru_cache(maxsize=64)
def schemes_of(language: str) -> tuple[IdentityScheme, ...]:
    """The numbers that are looked for in a language, those of no country last."""
    wanted = set(countries_of(language))
    return (*(scheme for scheme in SCHEMES if wanted.intersection(scheme.countries)), *EVERYWHERE)


def find_identity_numbers(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Numbers with a check that fits, then any with five digits or more that is not round."""
    if not _ENOUGH_DIGITS.search(answer.digits):
        return
    for scheme in schemes_of(answer.language):
        for match in scheme.pattern.finditer(answer.digits):
            if scheme.fits(match[0]):
                yield FoundSpan(*match.span(), Category.NUMBER, f"number:{scheme.name}")
    for match in _FILE.finditer(answer.digits):
        yield FoundSpan(*match.span(), Category.NUMBER, "number:file")
    for match in _LONG.finditer(answer.digits):
        if not _ROUND.fullmatch(match[0]):
            yield FoundSpan(*match.span(), Category.NUMBER, "number:long")
