"""The length of posted fields, and padding that makes them equally long, because encryption does not hide lengths.

Values that can be chosen are padded with spaces. A browser sends each as one byte, and the site strips them again
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
"""The bytes of the longest value of the buttons that every page of questions has."""


def encoded_length(text: str) -> int:
    """The bytes of a name or value in a posted form. A browser sends a line break as two characters."""
    whole = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return len(whole) + _MORE * len(whole.translate(None, _OF_ONE_BYTE))


def longest_encoded_length(values: Iterable[str]) -> int:
    """The bytes of the longest of these values; 0 if there are none."""
    return max(map(encoded_length, values), default=0)


def field_length(name: str, value: int) -> int:
    """The bytes of a field with its name and separators, if its value has this many bytes."""
    return _JOINED + encoded_length(name) + value


def pad_value(value: str, width: int) -> str:
    """The value, padded so that it has this many bytes when it is sent. A longer one is left as it is."""
    return value + filler(width - encoded_length(value))


def filler(length: int) -> str:
    """Padding of this many bytes, which `strip_padding` removes."""
    return _FILLER * length


def strip_padding(value: str) -> str:
    """The value without its padding."""
    return value.rstrip(_FILLER)
