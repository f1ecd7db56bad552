"""A person at a terminal: the real command line in a process of its own, driven through a pseudo-terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.loaded.loaded_process import LoadedCommand
from tests.patience import PATIENCE

_CHUNK = 65_536
_AT_TERMINAL = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("kuule.cli", run_name="__main__", alter_sys=True)
"""
"""The terminal is the one that Ctrl-C and a passphrase come from, as of a shell."""


@dataclass
class AtTerminal:
    """What the person sees so far, and what they do about it."""

    child: subprocess.Popen[Any]
    terminal: int
    seen: str = ""
    read: int = 0

    @property
    def process(self) -> int:
        return self.child.pid

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
        return self.child.wait(PATIENCE)

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
def at_terminal(
    arguments: Sequence[str], folder: Path, *, kind: type[subprocess.Popen[Any]] = LoadedCommand
) -> Iterator[AtTerminal]:
    """Run `kuule` with arguments in a folder, at a terminal of its own. `kind` is how its process starts."""
    terminal, other_end = os.openpty()
    try:
        child = kind(
            [sys.executable, "-c", _AT_TERMINAL, *arguments], cwd=folder, stdin=other_end, stdout=other_end,
            stderr=other_end, start_new_session=True, env={**os.environ, "COLUMNS": "300", "TERM": "dumb"},
        )  # fmt: skip
    finally:
        os.close(other_end)
    try:
        with child:
            try:
                yield AtTerminal(child, terminal)
            finally:
                child.kill()
    finally:
        os.close(terminal)
