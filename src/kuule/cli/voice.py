"""How the command line speaks: results to stdout, talk to stderr; lower case, the value quoted, then a hint."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kuule.core.problems import Problem, Severity


class Exit(IntEnum):
    """What a command's exit code says. Documented in docs/reference/cli.md."""

    DONE = 0
    PROBLEM = 1
    """Something is not as it should be, and it is not a bug: said in words."""
    USAGE = 2
    CHECK_FOUND_ERRORS = 3
    SOME_UNOPENED = 4
    """`open` wrote the dataset, and listed envelopes that it could not open."""
    REFUSED = 78
    """`serve` or `workbench` may not start as things are, and starting again would not change it (EX_CONFIG of
    sysexits.h: `systemctl status` says 78/CONFIG)."""
    STOPPED = 130
    """Ctrl-C, before the command was done."""


stderr_console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
"""Everything that is not the result: progress, warnings, what to do next."""


def print_result(*lines: str) -> None:
    """Print what was asked for, and nothing else, to stdout."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not the result."""
    stderr_console.print(sentence)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems one below the other: the code and place, the cause, the remedy."""
    for problem in problems:
        mark = "" if problem.severity is Severity.ERROR else " (warning)"
        stderr_console.print(f"{problem.code}{mark} {problem.place}: {problem.cause}")
        stderr_console.print(f"  {problem.remedy}", style="dim")


class ProgressBar:
    """A bar that has reached so and so many of its total, and goes at the end. May be moved from any thread."""

    def __init__(self, shown: Progress, what: str, total: int) -> None:
        self._shown = shown
        self._total = total
        self._moving = threading.Lock()
        self._task = shown.add_task(what, total=total)

    def advance_to(self, done: int) -> None:
        """Move the bar to `done`; it never goes back."""
        with self._moving:
            reached = max(done, int(self._shown.tasks[self._task].completed))
            self._shown.update(self._task, completed=reached, visible=reached < self._total)


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[ProgressBar]:
    """Show a bar while something is counted; without a terminal, one line at the start."""
    if not stderr_console.is_terminal:
        stderr_console.print(f"{what} …")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr_console, transient=True, disable=not stderr_console.is_terminal) as shown:
        yield ProgressBar(shown, what, total)


@contextmanager
def spinner(what: str) -> Iterator[None]:
    """Show that something is being done that cannot be counted; without a terminal, nothing."""
    if not stderr_console.is_terminal:
        yield
        return
    with stderr_console.status(what):
        yield
