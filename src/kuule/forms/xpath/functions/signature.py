"""What a function of the library says of itself: arguments, result, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from kuule.forms.xpath.code import Builder, Code, Type
from kuule.forms.xpath.syntax import Call
from kuule.forms.xpath.values import Value

Build = Callable[[Builder, Call], Code]
"""For a function that is compiled in its own way: lazy arguments, paths that are read as paths."""


class Reads(Enum):
    """What `compute` is given before the converted arguments."""

    NOTHING = auto()
    CONTEXT = auto()
    CONTEXT_AND_NODE = auto()


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `parameters` are the types of the first arguments, of which `required` must be there; `rest` is
    the type of any number more, in groups of `group`. `implied`: without arguments it reads the context node. Either
    `compute` is called with the converted arguments, or `build` compiles the call, or `refused` says why a form
    cannot use it.
    """

    name: str
    returns: Type
    parameters: tuple[Type, ...] = ()
    required: int | None = None
    rest: Type | None = None
    group: int = 1
    compute: Callable[..., Value] | None = None
    reads: Reads = Reads.NOTHING
    implied: bool = False
    build: Build | None = None
    refused: str = ""

    @property
    def fewest(self) -> int:
        return len(self.parameters) if self.required is None else self.required

    def takes(self, count: int) -> bool:
        """True where a call may have so many arguments."""
        if self.rest is None:
            return self.fewest <= count <= len(self.parameters)
        return count >= self.fewest and (count - self.fewest) % self.group == 0

    def arity(self) -> str:
        """The number of arguments in words."""
        if self.rest is not None:
            return f"{self.fewest} or more" if self.group == 1 else f"{self.fewest} and pairs of more"
        most = len(self.parameters)
        return str(most) if self.fewest == most else f"{self.fewest} to {most}"


def table(*functions: Function) -> dict[str, Function]:
    """Functions by name."""
    return {function.name: function for function in functions}
