"""Padding to one length: ISO/IEC 7816-4 (a byte 0x80, then zeros), so that the length reveals nothing about the
content."""

from __future__ import annotations

PADDING_MARKER = 0x80
MIN_PADDING = 1
"""The fewest bytes of padding: the mark alone."""


class ContentTooLong(ValueError):
    """The content is longer than the padded length allows. `by` is how many bytes are too many."""

    def __init__(self, by: int) -> None:
        super().__init__(f"{by} bytes too many")
        self.excess_bytes = by


class MalformedPadding(ValueError):
    """What was opened does not end in padding as specified."""


def pad(content: bytes, length: int) -> bytes:
    """`content`, the mark, and zeros up to `length` bytes. Raises ContentTooLong."""
    spare = length - len(content) - MIN_PADDING
    if spare < 0:
        raise ContentTooLong(-spare)
    return content + bytes([PADDING_MARKER]) + bytes(spare)


def unpad(padded: bytes) -> bytes:
    """The content without its padding. Raises MalformedPadding. The content itself may end in zeros or in a mark."""
    end = padded.rfind(PADDING_MARKER)
    if end < 0 or padded[end + MIN_PADDING :] != bytes(len(padded) - end - MIN_PADDING):
        raise MalformedPadding("no mark before the zeros at the end")
    return padded[:end]
