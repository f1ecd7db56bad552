"""What is made for one language when somebody first looks at that: a study has thirty, and its author looks at one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")


class PerLanguage(Mapping[str, _T]):
    """A mapping from all of these languages, in their order, whose values are made once each."""

    def __init__(self, tags: Sequence[str], make: Callable[[str], _T]) -> None:
        self.__tags, self.__make = tuple(tags), make
        self.__made: dict[str, _T] = {}

    def __getitem__(self, tag: str) -> _T:
        if tag not in self.__tags:
            raise KeyError(tag)
        if tag not in self.__made:
            self.__made[tag] = self.__make(tag)
        return self.__made[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self.__tags)

    def __len__(self) -> int:
        return len(self.__tags)

    def __contains__(self, tag: object) -> bool:
        return tag in self.__tags
