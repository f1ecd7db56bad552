"""Digits of any script to ASCII: people type numbers as they write them."""

from __future__ import annotations

import unicodedata

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
