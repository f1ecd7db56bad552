"""What is made for one language when somebody first looks at that: a study has thirty, and its author looks at one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")


class PerLanguage(Mapping[str, _T]):
    """A mapping from all of these languages, in their order, whose values are made once each."""

    def __init__(self, tags: Sequence[str], make: Callable[[str], _T]) -> None:
        self._tags, self._make = tuple(tags), make
        self._made: dict[str, _T] = {}

    def __getitem__(self, tag: str) -> _T:
        if tag not in self._tags:
            raise KeyError(tag)
        if tag not in self._made:
            self._made[tag] = self._make(tag)
        return self._made[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tags)

    def __len__(self) -> int:
        return len(self._tags)

    def __contains__(self, tag: object) -> bool:
        return tag in self._tags
