"""Suggestions for a misspelt name, for the remedy of a problem."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LIKENESS = 0.6
"""The similarity that difflib must find, from 0 to 1. At this value, about two letters in five may differ."""


def near_names(name: str, known: Iterable[str], *, count: int = 1, cutoff: float = _LIKENESS) -> list[str]:
    """Up to `count` known names that look like `name`, the likeliest first."""
    return get_close_matches(name, list(known), n=count, cutoff=cutoff)


def did_you_mean(name: str, known: Iterable[str], otherwise: str, *, written: str = "{!r}") -> str:
    """A question that suggests the nearest known name, or `otherwise` if none is near. `written` is the format in which
    the name is shown, as for `str.format`."""
    near = near_names(name, known)
    return f"did you mean {written.format(near[0])}?" if near else otherwise


def meant_one_of(name: str, known: Iterable[str], otherwise: str) -> str:
    """A question that suggests up to three near known names, or `otherwise` if none is near."""
    near = near_names(name, known, count=3)
    return suggest_names(near) if near else otherwise


def suggest_names(names: Iterable[str]) -> str:
    """The question whether one of these names was meant."""
    return f"did you mean {' or '.join(map(repr, names))}?"
