"""Imports of a library that looks for another one and does without it where it is not installed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pass_over_module(name: str) -> Iterator[None]:
    """Let what is imported in the block not find the module of this name, as if it were not installed.

    Nothing is done where the module is loaded already, or where another thread could be importing it meanwhile.
    """
    if name in sys.modules or threading.active_count() > 1:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # as the import system documents it
    try:
        yield
    finally:
        del sys.modules[name]
