"""What was made a short while ago, kept by a name that says everything it was made of, so that it is not made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """Up to `size` things by their names; the one that was asked for longest ago is forgotten first. Only for what
    never changes, such as something named by its hash. A copy of the process (a fork) has them too.

    Threads can share it, without a lock that a fork would copy as held: two that ask for the same at once may both
    make it."""

    def __init__(self, size: int) -> None:
        self.__size = size
        self.__made: dict[str, Made] = {}

    def get_or_make(self, name: str, make: Callable[[], Made]) -> Made:
        """The thing of this name; made now if it is not there."""
        try:
            made = self.__made.pop(name)
        except KeyError:
            made = make()
        self.__made[name] = made
        for old in [*self.__made][: -self.__size]:
            self.__made.pop(old, None)  # another thread may have forgotten it by now
        return made
