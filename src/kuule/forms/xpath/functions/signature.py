"""How a function of the library describes itself: its arguments, its result, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from kuule.forms.xpath.grammar.syntax_tree import FunctionCall
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure
from kuule.forms.xpath.runtime.values import Value

CallBuilder = Callable[[ClosureBuilder, FunctionCall], TypedClosure]
"""Compiles a call in its own way, for lazy arguments and for paths that are read as paths."""


class ContextNeed(Enum):
    """What `compute` gets before the converted arguments."""

    NOTHING = auto()
    CONTEXT = auto()
    CONTEXT_AND_NODE = auto()


@dataclass(frozen=True, slots=True)
class XPathFunction:
    """One function. `parameters` are the types of the first arguments, of which `required` must be given. `rest` is the
    type of any further ones, in groups of `group`. With `defaults_to_context_node`, a call without arguments reads the
    context node. Exactly one of three is set: `compute` is called with the converted arguments, `build` compiles the
    call, or `refused` says why forms cannot use it."""

    name: str
    returns: ResultType
    parameters: tuple[ResultType, ...] = ()
    required: int | None = None
    rest: ResultType | None = None
    group: int = 1
    compute: Callable[..., Value] | None = None
    needs: ContextNeed = ContextNeed.NOTHING
    defaults_to_context_node: bool = False
    build: CallBuilder | None = None
    refused: str = ""

    @property
    def min_arguments(self) -> int:
        return len(self.parameters) if self.required is None else self.required

    def accepts_count(self, count: int) -> bool:
        """Whether a call may have that many arguments."""
        if self.rest is None:
            return self.min_arguments <= count <= len(self.parameters)
        return count >= self.min_arguments and (count - self.min_arguments) % self.group == 0

    def arity(self) -> str:
        """The number of arguments in words."""
        if self.rest is not None:
            return f"{self.min_arguments} or more" if self.group == 1 else f"{self.min_arguments} and pairs of more"
        most = len(self.parameters)
        return str(most) if self.min_arguments == most else f"{self.min_arguments} to {most}"


def functions_by_name(*functions: XPathFunction) -> dict[str, XPathFunction]:
    """Functions by name."""
    return {function.name: function for function in functions}
