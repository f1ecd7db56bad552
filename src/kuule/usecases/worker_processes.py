"""Two processes that set paper side by side. Each forgets what it made; two threads would keep it for each other."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

Result = TypeVar("Result")
_PROCESSES = 2


def map_in_processes(work: Callable[..., Result], *arguments: Iterable[Any]) -> Iterator[Result]:
    """What `map` gives, made in two processes, each result as soon as it and those before it are there."""
    with rendering_processes() as processes:
        with _ctrl_c_is_ours():
            results = processes.map(work, *arguments)
        yield from results


def rendering_processes() -> ProcessPoolExecutor:
    """A pool of processes that end when this one ends, even if it is killed."""
    return ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=_end_with_parent)


@contextmanager
def _ctrl_c_is_ours() -> Iterator[None]:
    """Let processes that are started in the block ignore Ctrl-C, which a terminal sends to all processes: this process
    ends them itself. Where signals cannot be blocked (Windows), they ignore it from when they begin."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Ignore Ctrl-C, and watch the parent process in a thread, so that this process ends when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_alone, daemon=True).start()


def _end_when_alone() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)  # nobody is left to receive the result
