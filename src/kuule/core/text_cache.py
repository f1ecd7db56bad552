"""What was found in a text, kept so that it is not looked for again. Texts come from people: how much is kept must not
depend on how much somebody writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")

LONGEST_ORDINARY = 1000
"""Characters. Of 89,000 texts that ship, in all languages, thirty are longer."""
_LONG_ONES = 4
"""How many longer texts are kept: one is looked at for every term of a glossary, and its source beside it."""


def cache_by_text(
    count: int,
) -> Callable[[Callable[Concatenate[str, _Given], _Found]], Callable[Concatenate[str, _Given], _Found]]:
    """A decorator that keeps what a function found in the last `count` texts of up to `LONGEST_ORDINARY` characters,
    and in the last few longer ones. Whatever else the function is given must be hashable."""

    def decorate(look: Callable[Concatenate[str, _Given], _Found]) -> Callable[Concatenate[str, _Given], _Found]:
        ordinary, long = lru_cache(maxsize=count)(look), lru_cache(maxsize=_LONG_ONES)(look)

        @wraps(look)
        def look_up(text: str, /, *args: _Given.args, **named: _Given.kwargs) -> _Found:
            found = ordinary if len(text) <= LONGEST_ORDINARY else long
            return found(text, *args, **named)  # type: ignore[arg-type]  # hashable, as the docstring says

        return look_up

    return decorate
