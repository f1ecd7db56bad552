"""Numbers of things in English, where a person reads them: at the terminal and at the desk."""

from __future__ import annotations


def amount(number: int, thing: str, things: str = "") -> str:
    """A number of things in words: "1 text", "1,200 texts"."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
