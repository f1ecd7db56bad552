"""Numbers as a language writes them: its digits, its separators, its place for the per cent sign (CLDR)."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from kuule.languages.cldr.tags import locale_of

_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀", "tibt": "༠"}
"""The zero of each numbering system that is some language's default in CLDR; Babel leaves digits as they are."""

_DIVIDED_FROM = 10_000


def format_number(value: int | float | Decimal, tag: str) -> str:
    """`value` for a reader of the language `tag`: at most three decimals. Raises KuuleError LANG_001."""
    locale = locale_of(tag)
    return _digits(format_decimal(value, locale=locale, numbering_system="default"), locale)


def format_answer_number(value: Decimal, tag: str) -> str:
    """The same of a number that is an answer: four digits stand together, since they may be a year."""
    locale = locale_of(tag)
    grouped = abs(value) >= _DIVIDED_FROM
    text = format_decimal(value, locale=locale, numbering_system="default", group_separator=grouped)
    return _digits(text, locale)


def format_percentage(whole: int, tag: str) -> str:
    """`whole` per cent (50 for one half) for a reader of the language `tag`. Raises KuuleError LANG_001."""
    locale = locale_of(tag)
    return _digits(format_percent(Decimal(whole) / 100, locale=locale, numbering_system="default"), locale)


def localise_digits(text: str, tag: str) -> str:
    """`text` with 0-9 as the digits that the language `tag` writes. Raises KuuleError LANG_001."""
    return _digits(text, locale_of(tag))


def _digits(text: str, locale: Locale) -> str:
    zero = _ZEROS.get(locale.default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)})


_SEPARATORS = {"٫": ".", "٬": ""}
"""Arabic decimal separator (U+066B) and thousands separator (U+066C)."""


def ascii_digits(text: str) -> str:
    """`text` with every decimal digit as 0-9, Arabic separators as in English; the rest stays as it is."""
    if text.isascii():
        return text
    return text.translate(_ASCII)


class _Ascii(dict[int, str]):
    """What stands for each character, looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        self[code] = character if digit is None else str(digit)
        return self[code]


_ASCII = _Ascii({ord(sign): plain for sign, plain in _SEPARATORS.items()})


PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


def plural_form(number: int, tag: str) -> str:
    """One of FORMS. Raises KuuleError LANG_001."""
    return str(locale_of(tag).plural_form(number))
