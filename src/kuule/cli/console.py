"""How the command line prints: results to stdout and everything else to stderr, in lower case, with values quoted."""

from __future__ import annotations

import getpass
import os
import signal
import sys
import textwrap
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from kuule.cli.aligned_tables import WIDEST, table_lines
from kuule.cli.called_program import as_called
from kuule.cli.excerpt_lines import excerpt_lines, visible_text
from kuule.cli.json_record import running_record
from kuule.core.problem_groups import group_problems
from kuule.core.problems import Problem, Severity
from kuule.usecases.prompt import EndOfInputError

if TYPE_CHECKING:
    from rich.progress import Progress


class Exit(IntEnum):
    """The exit codes of commands. docs/reference/cli.md documents them."""

    DONE = 0
    PROBLEM = 1
    """Something is wrong that the user can mend, and the command said what."""
    USAGE = 2
    CHECK_FOUND_ERRORS = 3
    SOME_UNOPENED = 4
    """`open` wrote the dataset, but could not open some envelopes, which it listed."""
    REFUSED = 78
    """`serve` or `workbench` must not start, and trying again would not change that (EX_CONFIG of sysexits.h:
    `systemctl status` says 78/CONFIG)."""
    STOPPED = 130
    """Ctrl-C stopped the command before it had finished."""


def make_console(environment: Mapping[str, str]) -> Console:
    """A console on stderr. It has colours and bars at a terminal only, and neither in a run by a machine (CI). NO_COLOR
    leaves the bars; FORCE_COLOR has colours anywhere, and no bars where there is no terminal."""
    by_machine = environment.get("CI", "") not in ("", "false", "0")
    forced = bool(environment.get("FORCE_COLOR"))
    return Console(
        stderr=True,
        highlight=False,
        soft_wrap=True,
        markup=False,
        force_terminal=True if forced else False if by_machine else None,
        force_interactive=False if by_machine or not sys.stderr.isatty() else None,
        no_color=bool(environment.get("NO_COLOR")),
    )


stderr_console = make_console(os.environ)
"""Where everything goes that is not the result: progress, warnings, what to do next."""


def print_result(*lines: str, **given: object) -> None:
    """Print the result, and nothing else, to stdout. `given` is what a program gets instead of the lines (--json)."""
    if (record := running_record()) is not None:
        record.add_result(lines, given)
        return
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def print_files(*files: Path) -> None:
    """Print which files or folders were made, each on a line."""
    print_result(*map(str, files), files=list(files))


def print_table(rows: Sequence[Sequence[str]], /, *more: Sequence[str], **given: object) -> None:
    """Print texts in columns that fit a terminal or, if it is none, in full and separated by tabs. `more` are further
    texts of each row, as many as there are rows: at a terminal they stand below it and are never cut, elsewhere they
    are further columns. `given` is what a program gets instead of the rows (--json)."""
    at_terminal = rows and running_record() is None and sys.stdout.isatty()
    if not at_terminal:
        full = zip(rows, more, strict=True) if more else ((row, ()) for row in rows)
        print_result(*("\t".join((*row, *further)) for row, further in full), **given)
        return
    lines = list(table_lines(rows, texts=len(rows[0])))
    for number, further in enumerate(more):
        below = textwrap.wrap("  ".join(filter(None, further)), WIDEST - 4, break_on_hyphens=False)
        lines[number] = "\n    ".join([lines[number], *below])
    print_result(*lines, **given)


def announce() -> None:
    """Say that a server is ready: a program gets what was printed so far (--json)."""
    if (record := running_record()) is not None:
        record.announce()


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not the result."""
    sentence = as_called(sentence)
    if (record := running_record()) is not None:
        record.notes.append(sentence.strip())
        return
    for line in _wrapped(sentence.lstrip(), " " * (len(sentence) - len(sentence.lstrip()))) or [""]:
        stderr_console.print(line)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems one below the other, equal ones once: the code and place, the cause, the line, the remedy."""
    if (record := running_record()) is not None:
        record.problems += problems
        return
    for group in group_problems(problems):
        heading = Text("\n".join(_wrapped(as_called(group.heading))))
        heading.stylize("bold red" if group.severity is Severity.ERROR else "bold yellow", 0, len(group.codes))
        stderr_console.print(heading)
        for line in _wrapped(group.others, "  "):
            stderr_console.print(line)
        for line in () if group.excerpt is None else excerpt_lines(group.excerpt, stderr_console.width):
            stderr_console.print(line, style="cyan")
        for line in _wrapped(as_called(group.remedy), "  "):
            stderr_console.print(line, style="dim")


def _wrapped(text: str, indent: str = "") -> list[str]:
    """The text in the width of the terminal, further lines moved in, with nothing that a terminal obeys. Elsewhere it
    stays one line, as programs look for it."""
    width = stderr_console.width if stderr_console.is_interactive else sys.maxsize
    return textwrap.wrap(
        visible_text(text),
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


class ProgressBar:
    """A bar that shows how many of a total are done, and disappears at the end. Any thread may move it."""

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

    if not stderr_console.is_interactive and running_record() is None:
        stderr_console.print(f"{what} …")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr_console, transient=True, disable=not stderr_console.is_interactive) as shown:
        yield ProgressBar(shown, what, total)


@contextmanager
def spinner(what: str) -> Iterator[None]:
    """Show that work is going on that cannot be counted. Without a terminal, show nothing."""
    if not stderr_console.is_interactive:
        yield
        return
    with stderr_console.status(what):
        yield


_POLITE = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Those of them that the system has: Windows knows no closed terminal, and has Ctrl-Break."""
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""ECMA-48 and xterm: to the top, clear the screen, clear what scrolled away."""


def ask(question: str) -> str:
    """Ask for one line, which is shown while it is typed. Raises EndOfInputError CLI_006 if the input has ended."""
    if running_record() is None or is_at_terminal():
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        remedy = "start again at a terminal; nothing was finished"
        raise EndOfInputError(Problem("CLI_006", "the terminal", "the input ended before everything was asked", remedy))
    return line.strip()


def ask_hidden(question: str) -> str:
    """Ask for one line, which a terminal does not show. Raises EndOfInputError CLI_006 if the input has ended."""
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
    """Remove what was typed from the screen and, if the terminal can do that, from what has scrolled away."""
    if sys.stderr.isatty():
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


class ConsoleListener:
    """Shows at the terminal what a use case is doing (`ProgressListener`)."""

    def note(self, sentence: str) -> None:
        """Print the sentence."""
        say(sentence)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Print the problems."""
        print_problems(problems)

    @contextmanager
    def counter(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a bar, and give the function that moves it."""
        with progress_bar(what, total) as bar:
            yield bar.advance_to

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Show that work is going on."""
        return spinner(what)


class TerminalPrompt:
    """Asks the person at the terminal (`Prompt`)."""

    def can_ask(self) -> bool:
        """Whether a person is at a terminal."""
        return is_at_terminal()

    def ask(self, question: str) -> str:
        """Ask for one line (`ask`). Raises EndOfInputError."""
        return ask(question)

    def ask_hidden(self, question: str) -> str:
        """Ask for one line that is not shown (`ask_hidden`). Raises EndOfInputError."""
        return ask_hidden(question)

    def clear(self) -> None:
        """Clear the screen."""
        clear_screen()


CONSOLE = ConsoleListener()
PROMPT = TerminalPrompt()


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Let a polite request to end (SIGTERM, a closed terminal) stop the block like Ctrl-C, which removes unfinished
    files."""
    polite = [number for number in signal.Signals if number.name in _POLITE]
    before = {number: signal.signal(number, _stop) for number in polite}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt
