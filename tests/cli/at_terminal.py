"""A person at a terminal: the real command line in a process of its own, driven through a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.patience import PATIENCE

_CHUNK = 65_536


@dataclass
class AtTerminal:
    """What the person sees so far, and what they do about it."""

    process: int
    terminal: int
    seen: str = ""
    read: int = 0
    code: int | None = field(default=None)

    def sees(self, text: str) -> str:
        """Wait until `text` shows after what was seen before; returns what showed up to its end."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen[self.read :]:
            if time.monotonic() > end or not self._more(end):
                raise AssertionError(f"{text!r} did not show; after {self.seen[self.read :]!r}")
        start = self.read
        self.read = self.seen.index(text, start) + len(text)
        return self.seen[start : self.read]

    def types(self, line: str) -> None:
        os.write(self.terminal, f"{line}\n".encode())

    def ends_input(self) -> None:
        """Press Ctrl-D at the beginning of a line."""
        os.write(self.terminal, b"\x04")

    def presses(self, number: signal.Signals) -> None:
        os.kill(self.process, number)

    def presses_until(self, number: signal.Signals, text: str) -> None:
        """Press it until `text` shows: a signal that comes just before the program waits for input is not seen before
        the next one."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen[self.read :]:
            self.presses(number)
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} did not show; after {self.seen[self.read :]!r}")
            self._more(time.monotonic() + 5)

    def ends(self) -> int:
        """Wait for the end; the exit code, or minus the signal that ended it."""
        end = time.monotonic() + PATIENCE
        while self._more(end):
            if time.monotonic() > end:
                raise AssertionError(f"it goes on; {self.seen[self.read :]!r}")
        if self.code is None:
            _, status = os.waitpid(self.process, 0)
            self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def _more(self, end: float) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return False
        try:
            chunk = os.read(self.terminal, _CHUNK)
        except OSError:  # Linux says so when the program at the other end is gone
            return False
        self.seen += chunk.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(chunk)


@contextmanager
def at_terminal(arguments: Sequence[str], folder: Path) -> Iterator[AtTerminal]:
    """Run `kuule` with arguments in a folder, at a terminal of its own."""
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover -- the other process
        os.chdir(folder)
        os.environ |= {"COLUMNS": "300", "TERM": "dumb"}
        os.execv(sys.executable, [sys.executable, "-m", "kuule.cli", *arguments])
    person = AtTerminal(process, terminal)
    try:
        yield person
    finally:
        if person.code is None:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        os.close(terminal)
