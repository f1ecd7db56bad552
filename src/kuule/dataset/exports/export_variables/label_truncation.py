"""Shortens labels to what a program has space for. The codebook beside the export has the whole label."""

from __future__ import annotations

_CUT = "…"


def _max_end(most: int) -> int:
    """How much of the space the end of a label may take. It distinguishes the columns of one question, whose beginnings
    are the same, so it gets most of the space."""
    return most * 6 // 7


def truncate_to_bytes(label: str, most: int, end: str = "") -> str:
    """A label and its end, together at most `most` bytes of UTF-8, cut between characters. Of the end, at least what
    fits in six sevenths of the space stays."""
    if len((label + end).encode()) <= most:
        return label + end
    if end:
        end = truncate_to_bytes(end, _max_end(most))
        return truncate_to_bytes(label, most - len(end.encode())) + end
    room = most - len(_CUT.encode())
    return label.encode()[:room].decode(errors="ignore").rstrip() + _CUT


def truncate_to_characters(label: str, most: int, end: str = "") -> str:
    """The same, in at most `most` characters."""
    if len(label + end) <= most:
        return label + end
    end = truncate_to_characters(end, _max_end(most)) if end else ""
    room = most - len(end)
    return (label if len(label) <= room else label[: room - 1].rstrip() + _CUT) + end
