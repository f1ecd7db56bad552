"""A template is compiled once in a process, and in all that are forked by it: every site and every report that is made
anew would compile the same texts again, which takes longer than to fill them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

_OPTIONS = ("trim_blocks", "lstrip_blocks", "autoescape", "undefined", "extensions", "is_async", "optimized")
"""What an environment is made with, besides the marks of Jinja, which nobody of ours changes."""


def compiled_once() -> Callable[..., Any]:
    """`Environment.compile`, with what it said the first time for the same text under the same name in an environment
    that is made in the same way."""
    compile_anew, known = Environment.compile, dict[Any, Any]()

    def compiled(self: Environment, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        made = tuple(str(getattr(self, option)) for option in _OPTIONS)
        own = tuple(sorted({*self.filters, *self.tests} - {*FILTERS, *TESTS}))
        asked = (type(self), made, own, source, name, filename, rest)
        if not isinstance(source, str):
            return compile_anew(self, source, name, filename, *rest)
        if asked not in known:
            known[asked] = compile_anew(self, source, name, filename, *rest)
        return known[asked]

    return compiled


class _Anew:
    """What compiles, before this process did it once."""

    compile = Environment.compile


def compile_once_from_here() -> None:
    """In this process."""
    if Environment.compile is _Anew.compile:
        Environment.compile = compiled_once()  # type: ignore[method-assign]
