"""How long a posted field is, and padding that makes fields equally long: encryption does not hide lengths.

What can be chosen is padded with spaces. A browser sends each as one byte, and the site strips them again
(`strip_padding`). Decision 0020 says what that hides and what can still be seen.
"""

from __future__ import annotations

from collections.abc import Iterable

_OF_ONE_BYTE = b" *-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""Characters that a browser sends as they are, and the space, which becomes a plus (URL standard,
application/x-www-form-urlencoded)."""
_MORE = len("%20") - 1
_JOINED = len("&=")
_FILLER = " "
BUTTON_WIDTH = len("next%3Ashown")
"""Bytes of the longest value among the buttons that are on every page of questions."""


def encoded_length(text: str) -> int:
    """Bytes of a name or a value in a posted form. A browser sends a line break as two characters."""
    whole = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return len(whole) + _MORE * len(whole.translate(None, _OF_ONE_BYTE))


def longest_encoded_length(values: Iterable[str]) -> int:
    """Bytes of the longest of these values; 0 where there are none."""
    return max(map(encoded_length, values), default=0)


def field_length(name: str, value: int) -> int:
    """Bytes of a field whose value has so many bytes, with its name and separators."""
    return _JOINED + encoded_length(name) + value


def pad_value(value: str, width: int) -> str:
    """The value, padded to so many bytes when it is sent. A longer one is left as it is."""
    return value + filler(width - encoded_length(value))


def filler(length: int) -> str:
    """Padding of so many bytes, which `strip_padding` removes."""
    return _FILLER * length


def strip_padding(value: str) -> str:
    """The value without its padding."""
    return value.rstrip(_FILLER)
