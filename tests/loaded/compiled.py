"""A template is compiled once in a session: every process, every site and every report that is made anew would compile
the same texts again, which takes longer than to fill them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

COMPILED = "KUULE_TESTS_COMPILED"
"""The environment variable with a folder for what is compiled, for all processes of a session."""
_OPTIONS = ("trim_blocks", "lstrip_blocks", "autoescape", "undefined", "is_async", "optimized")
"""What an environment is made with, besides the marks of Jinja, which nobody of ours changes."""


def compiled_once() -> Callable[..., Any]:
    """`Environment.compile`, with what it said the first time for the same text under the same name in an environment
    that is made in the same way."""
    compile_anew, known = Environment.compile, dict[Any, Any]()
    folder = os.environ.get(COMPILED)  # a task that this process forks need not be told of it

    def compiled(self: Environment, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        if not isinstance(source, str) or not {type(self.autoescape), *map(type, rest)} <= {bool}:
            return compile_anew(self, source, name, filename, *rest)
        made = tuple(str(getattr(self, option)) for option in _OPTIONS)
        own = tuple(sorted({*self.filters, *self.tests} - {*FILTERS, *TESTS}))
        asked = repr((type(self), made, sorted(self.extensions), own, source, name, filename, rest))
        if asked not in known:
            known[asked] = _kept(asked, lambda: compile_anew(self, source, name, filename, *rest), folder)
        return known[asked]

    return compiled


def _kept(asked: str, compile_now: Callable[[], Any], otherwise: str | None) -> Any:
    """What some process of the session compiled, or this one now."""
    folder = os.environ.get(COMPILED, otherwise)
    if folder is None:
        return compile_now()
    path = Path(folder) / sha256(asked.encode()).hexdigest()
    if path.exists():
        return marshal.loads(path.read_bytes())
    made = compile_now()
    if isinstance(made, CodeType):
        written = path.with_suffix(f".{os.getpid()}")
        written.write_bytes(marshal.dumps(made))
        written.replace(path)
    return made


class Uncached:
    """What compiles, before this process did it once."""

    compile = Environment.compile


def compile_once_from_here() -> None:
    """In this process."""
    if Environment.compile is Uncached.compile:
        Environment.compile = compiled_once()  # type: ignore[method-assign]
