"""Labels within the room that a program has for them. What is cut here is whole in the codebook beside."""

from __future__ import annotations

_CUT = "…"


def _for_the_end(most: int) -> int:
    """What tells the columns of one question apart has most of the room: their heads are alike."""
    return most * 6 // 7


def truncate_to_bytes(label: str, most: int, end: str = "") -> str:
    """A label and its end, of at most `most` bytes of UTF-8 together, cut between characters. Of the end at least what
    fits in six sevenths of the room stays."""
    if len((label + end).encode()) <= most:
        return label + end
    if end:
        end = truncate_to_bytes(end, _for_the_end(most))
        return truncate_to_bytes(label, most - len(end.encode())) + end
    room = most - len(_CUT.encode())
    return label.encode()[:room].decode(errors="ignore").rstrip() + _CUT


def truncate_to_characters(label: str, most: int, end: str = "") -> str:
    """The same, of at most `most` characters."""
    if len(label + end) <= most:
        return label + end
    end = truncate_to_characters(end, _for_the_end(most)) if end else ""
    room = most - len(end)
    return (label if len(label) <= room else label[: room - 1].rstrip() + _CUT) + end
