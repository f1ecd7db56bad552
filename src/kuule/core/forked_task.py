"""Something made in a second process, while this one goes on: for commands that a person waits for, on two processors.

A command line says that its process may fork (`allow_forks`); a server and whatever runs in one never do. Where that
was not said, or the process has a second thread, or there is one processor, or the system refuses, the thing is made
here when it is asked for. So it is where the second process fails, so that an error is raised here and in its turn.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

from kuule.core.processors import available_cpus

Promised = TypeVar("Promised")
_THREADS = Path("/proc/self/task")
"""The threads of this process as Linux counts them, with those of libraries in C that Python does not know."""
_FORKING: ContextVar[bool] = ContextVar("_FORKING", default=False)


@contextmanager
def allow_forks() -> Iterator[None]:
    """Let tasks that begin in the block have a process of their own."""
    before = _FORKING.set(True)
    try:
        yield
    finally:
        _FORKING.reset(before)


class ForkedTask(Generic[Promised]):
    """What `make` gives, begun at once in a copy of this process if there may be one. It has to be data that pickle
    writes, and `make` may change nothing, as it may be called twice: there, and here if that failed."""

    def __init__(self, make: Callable[[], Promised]) -> None:
        self.__make = make
        self.__child = _fork(make) if _may_fork() else None

    @property
    def is_forked(self) -> bool:
        """Whether a second process is making it."""
        return self.__child is not None

    def result(self) -> Promised:
        """What was made, once. Raises what `make` raises."""
        child, self.__child = self.__child, None
        content = b"" if child is None else _receive(*child)
        return pickle.loads(content) if content else self.__make()  # noqa: S301 -- by a copy of this process, through a pipe


def _may_fork() -> bool:
    """A lock that another thread holds would stay held in the copy for ever."""
    return _FORKING.get() and available_cpus() > 1 and _THREADS.is_dir() and len([*_THREADS.iterdir()]) == 1


def _fork(make: Callable[[], object]) -> tuple[int, int] | None:
    """The id of the second process, and where to read from it; None if the system gives none."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        os.close(reading)
        _FORKING.set(False)  # two processes, not a third of the second
        _send(make, writing)
    os.close(writing)
    return child, reading


def _send(make: Callable[[], object], writing: int) -> None:
    """End this process with what it made, and with nothing that the first one would do at its end."""
    code = 1
    try:
        gc.disable()  # it ends before a search for cycles could pay
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(make()))
        code = 0
    finally:
        os._exit(code)


def _receive(child: int, reading: int) -> bytes:
    """What the second process made; nothing if it failed."""
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    return b"" if status else content
