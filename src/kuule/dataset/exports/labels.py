"""Labels within the room that a program has for them. What is cut here is whole in the codebook beside."""

from __future__ import annotations

_CUT = "…"


def within_bytes(label: str, most: int, end: str = "") -> str:
    """A label and its end, of at most `most` bytes of UTF-8 together, cut between characters. Of the end at least what
    fits in half of the room stays."""
    if len((label + end).encode()) <= most:
        return label + end
    if end:
        end = within_bytes(end, most // 2)
        return within_bytes(label, most - len(end.encode())) + end
    room = most - len(_CUT.encode())
    return label.encode()[:room].decode(errors="ignore").rstrip() + _CUT


def within_characters(label: str, most: int, end: str = "") -> str:
    """The same, of at most `most` characters."""
    if len(label + end) <= most:
        return label + end
    end = within_characters(end, most // 2) if end else ""
    room = most - len(end)
    return (label if len(label) <= room else label[: room - 1].rstrip() + _CUT) + end
