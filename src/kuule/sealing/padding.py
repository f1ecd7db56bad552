"""Padding to one length: ISO/IEC 7816-4 (a byte 0x80, then zeros), so that a length tells nothing of what is inside."""

from __future__ import annotations

PADDING_MARKER = 0x80
MIN_PADDING = 1
"""Bytes that padding takes at the least: the mark."""


class ContentTooLong(ValueError):
    """What is to be padded does not fit. `by` is the number of bytes that are too many."""

    def __init__(self, by: int) -> None:
        super().__init__(f"{by} bytes too many")
        self.excess_bytes = by


class MalformedPadding(ValueError):
    """What was opened does not end in padding as it is specified."""


def pad(content: bytes, length: int) -> bytes:
    """`content`, the mark and as many zeros as make `length` bytes. Raises ContentTooLong."""
    spare = length - len(content) - MIN_PADDING
    if spare < 0:
        raise ContentTooLong(-spare)
    return content + bytes([PADDING_MARKER]) + bytes(spare)


def unpad(padded: bytes) -> bytes:
    """The content that was padded. Raises MalformedPadding; the content itself may end in zeros or in a mark."""
    end = padded.rfind(PADDING_MARKER)
    if end < 0 or padded[end + MIN_PADDING :] != bytes(len(padded) - end - MIN_PADDING):
        raise MalformedPadding("no mark before the zeros at the end")
    return padded[:end]
