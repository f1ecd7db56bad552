"""Asking the person at the terminal. What is typed goes into no history, and leaves the screen when told so."""

from __future__ import annotations

import getpass
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kuule.core.problems import KuuleError, Problem

AskLine = Callable[[str], str]
"""A question in, the line that was typed out."""

_POLITE = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Those of them that the system has: Windows knows no closed terminal, and has Ctrl-Break."""
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""ECMA-48 and xterm: to the top, clear the screen, clear what scrolled away."""


class EndOfInputError(KuuleError):
    """What was to be asked cannot be asked."""


def ask(question: str) -> str:
    """One line, shown while it is typed. Raises TerminalProblem CLI_006 where the input ended."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        remedy = "start again at a terminal; nothing was finished"
        raise EndOfInputError(Problem("CLI_006", "the terminal", "the input ended before everything was asked", remedy))
    return line.strip()


def ask_hidden(question: str) -> str:
    """One line that is not shown at a terminal. Raises TerminalProblem CLI_006 where the input ended."""
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
