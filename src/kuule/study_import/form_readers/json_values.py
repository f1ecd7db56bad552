"""Values of JSON that somebody else wrote, each as what it should be: what is something else counts as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_map(value: object) -> Mapping[str, Any]:
    """An object. Qualtrics writes an empty one as an empty list."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """A list, or the values of an object whose keys are its places."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """A text; of a number its digits, of a logical value the word of JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
