"""Numbers as a language writes them: its digits, separators and the position of the per cent sign (CLDR)."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from kuule.languages.cldr.tags import locale_of

_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀", "tibt": "༠"}
"""The zero of every numbering system that is the default of some language in CLDR. Babel itself does not convert
digits."""

_DIVIDED_FROM = 10_000
_PLAIN = range(100)
"""Whole numbers that every language of CLDR writes as digits alone. Each page counts its parts with two of them, and
Babel's patterns took 3 % of a page for that."""


def format_number(value: int | float | Decimal, tag: str) -> str:
    """`value` for a reader of the language `tag`, with at most three decimals. Raises KuuleError LANG_001."""
    locale = locale_of(tag)
    if type(value) is int and value in _PLAIN:
        return _digits(str(value), locale)
    return _digits(format_decimal(value, locale=locale, numbering_system="default"), locale)


def format_answer_number(value: Decimal, tag: str) -> str:
    """The same for a number that is an answer: four digits are not grouped, since they may be a year."""
    locale = locale_of(tag)
    grouped = abs(value) >= _DIVIDED_FROM
    text = format_decimal(value, locale=locale, numbering_system="default", group_separator=grouped)
    return _digits(text, locale)


def format_percentage(whole: int, tag: str) -> str:
    """`whole` per cent (50 for one half) for a reader of the language `tag`. Raises KuuleError LANG_001."""
    locale = locale_of(tag)
    return _digits(format_percent(Decimal(whole) / 100, locale=locale, numbering_system="default"), locale)


def localise_digits(text: str, tag: str) -> str:
    """`text` with 0-9 replaced by the digits of the language `tag`. Raises KuuleError LANG_001."""
    return _digits(text, locale_of(tag))


def _digits(text: str, locale: Locale) -> str:
    zero = _ZEROS.get(locale.default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)})


_SEPARATORS = {"٫": ".", "٬": ""}
"""Arabic decimal separator (U+066B) and thousands separator (U+066C)."""


def ascii_digits(text: str) -> str:
    """`text` with every decimal digit as 0-9 and Arabic separators as in English; everything else is unchanged."""
    if text.isascii():
        return text
    return text.translate(_ASCII)


class _Ascii(dict[int, str]):
    """The replacement of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        self[code] = character if digit is None else str(digit)
        return self[code]


_ASCII = _Ascii({ord(sign): plain for sign, plain in _SEPARATORS.items()})


PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


def plural_form(number: int, tag: str) -> str:
    """One of PLURAL_FORMS. Raises KuuleError LANG_001."""
    return str(locale_of(tag).plural_form(number))
