"""How long a posted value is on the line, and making values equally long: a line that is closed still shows lengths.

What can be chosen is filled up with spaces, which a browser writes as one byte each and the site takes away again
(`strip_padding`). Decision 0020 says what that hides and what is left to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable

_OF_ONE_BYTE = b" *-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""What is written as it is, and a space, which is a plus (URL standard, application/x-www-form-urlencoded)."""
_MORE = len("%20") - 1
_JOINED = len("&=")
_FILLER = " "
BUTTON_WIDTH = len("next%3Ashown")
"""Bytes of the longest button that is on every page of questions."""


def encoded_length(text: str) -> int:
    """Bytes of a name or a value in a posted form. A browser writes a line break as two characters."""
    whole = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return len(whole) + _MORE * len(whole.translate(None, _OF_ONE_BYTE))


def longest_encoded_length(values: Iterable[str]) -> int:
    """Bytes of the longest of these, 0 of none."""
    return max(map(encoded_length, values), default=0)


def field_length(name: str, value: int) -> int:
    """Bytes of a field with a value of so many bytes, and of what stands before it."""
    return _JOINED + encoded_length(name) + value


def pad_value(value: str, width: int) -> str:
    """The value, filled up to so many bytes on the line; one that is longer stays as it is."""
    return value + filler(width - encoded_length(value))


def filler(length: int) -> str:
    """Text of so many bytes on the line, which is trimmed away again."""
    return _FILLER * length


def strip_padding(value: str) -> str:
    """The value without what it was filled up with."""
    return value.rstrip(_FILLER)
