"""Telephone numbers of the countries in which a language is spoken, and of any country where they begin with a plus."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.language_countries import countries_of
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_CANDIDATE = re.compile(r"(?<![\w.])(?:\+[^\S\n]?|\()?\d(?:[^\S\n]?[().\-–/]?[^\S\n]?[()]?\d){5,16}(?!\w)")


def find_phones(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Numbers that telephones of these countries have."""
    for match in _CANDIDATE.finditer(answer.digits):
        country = _country(match[0], answer.language)
        if country:
            yield FoundSpan(*match.span(), Category.CONTACT, f"phone:{country}")


def _country(written: str, language: str) -> str:
    for region in ("ZZ",) if written.startswith("+") else countries_of(language):
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.region_code_for_number(number) or region
    return ""
