"""Digits of any script to ASCII: people type numbers as they write them."""

from __future__ import annotations

import unicodedata

_SEPARATORS = {"٫": ".", "٬": ""}
"""Arabic decimal separator (U+066B) and thousands separator (U+066C)."""


def ascii_digits(text: str) -> str:
    """`text` with every decimal digit as 0-9, Arabic separators as in English; the rest stays as it is."""
    if text.isascii():
        return text
    return "".join(_ascii(character) for character in text)


def _ascii(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
