"""Texts that others wrote, without the characters that change how the text around them is read."""

from __future__ import annotations

import re

_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Characters that put the text after them into another order."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


def remove_reordering(text: str) -> str:
    """A text without control characters and without those that change the order in which it is read."""
    return _CONTROLS.sub("", _REORDERING.sub("", text))
