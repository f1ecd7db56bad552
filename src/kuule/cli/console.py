"""How the command line speaks: results to stdout, talk to stderr; lower case, the value quoted, then a hint."""

from __future__ import annotations

import getpass
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

from rich.console import Console

from kuule.core.problems import Problem, Severity
from kuule.usecases.prompt import EndOfInputError

if TYPE_CHECKING:
    from rich.progress import Progress


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
    from rich.progress import (  # slow, and most commands show no bar
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

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


_POLITE = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Those of them that the system has: Windows knows no closed terminal, and has Ctrl-Break."""
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""ECMA-48 and xterm: to the top, clear the screen, clear what scrolled away."""


def ask(question: str) -> str:
    """One line, shown while it is typed. Raises EndOfInputError CLI_006 where the input ended."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        remedy = "start again at a terminal; nothing was finished"
        raise EndOfInputError(Problem("CLI_006", "the terminal", "the input ended before everything was asked", remedy))
    return line.strip()


def ask_hidden(question: str) -> str:
    """One line that is not shown at a terminal. Raises EndOfInputError CLI_006 where the input ended."""
    if not is_at_terminal():
        return ask(question)
    try:
        return getpass.getpass(f"{question} ", stream=sys.stderr).strip()
    except EOFError:
        raise EndOfInputError(
            Problem("CLI_006", "the terminal", "the input ended before everything was asked", "start again")
        ) from None


def is_at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def clear_screen() -> None:
    """Take what was typed off the screen, and off what scrolled away where the terminal can do that."""
    if sys.stderr.isatty():
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


class ConsoleListener:
    """Tells at the terminal what a use case does (`ProgressListener`)."""

    def note(self, sentence: str) -> None:
        """Say it."""
        say(sentence)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Print them."""
        print_problems(problems)

    @contextmanager
    def counter(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a bar, and give the function that moves it."""
        with progress_bar(what, total) as bar:
            yield bar.advance_to

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Show that something goes on."""
        return spinner(what)


class TerminalPrompt:
    """Asks the person at the terminal (`Prompt`)."""

    def can_ask(self) -> bool:
        """Whether there is a terminal."""
        return is_at_terminal()

    def ask(self, question: str) -> str:
        """One line, as `ask`."""
        return ask(question)

    def ask_hidden(self, question: str) -> str:
        """One line that does not show, as `ask_hidden`."""
        return ask_hidden(question)

    def clear(self) -> None:
        """Clear the screen."""
        clear_screen()


CONSOLE = ConsoleListener()
PROMPT = TerminalPrompt()


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """A polite request to end (SIGTERM, a closed terminal) stops as Ctrl-C does: what is unfinished is removed."""
    polite = [number for number in signal.Signals if number.name in _POLITE]
    before = {number: signal.signal(number, _stop) for number in polite}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt
