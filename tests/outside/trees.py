"""The command `kuule` of a tree: run here, in a process, or serving until a block ends; and where time stands still."""

from __future__ import annotations

import http.client
import importlib
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
STILL = Path(__file__).parent / "still"


@dataclass(frozen=True, slots=True)
class Tree:
    """A checkout of Kuule; `moment` (ISO, with its zone) is when it is in what it runs, if not now. `clock`: a file
    with the moment instead, which what it runs follows."""

    root: Path = ROOT
    moment: str = ""
    clock: Path | None = None

    def run(self, *arguments: str, folder: Path | None = None, passphrase: str = "") -> str:
        """Run a command to its end in a process of its own, and return what it printed.

        Raises AssertionError with its words where it fails. `passphrase` is given by --passphrase-fd.
        """
        with pipe_of(passphrase) as end:
            told = ["--passphrase-fd", str(end)] if passphrase else []
            done = subprocess.run(
                self.command(*arguments, *told), env=self.environment(), cwd=folder, pass_fds=[end],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def command(self, *arguments: str) -> list[str]:
        """The command line of a process of this tree, by the name that pyproject.toml gives it."""
        module, function = entry_of(self.root)
        start = f"import sys; sys.argv[0] = 'kuule'; from {module} import {function}; {function}()"
        return [sys.executable, "-c", start, *arguments]

    def environment(self) -> dict[str, str]:
        """Where such a process finds this tree's modules, and its moment."""
        paths = [str(STILL), str(self.root / "src")]
        when = {"KUULE_STILL": self.moment, "KUULE_CLOCK": str(self.clock or "")}
        return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **when, "COLUMNS": "200"}

    @contextmanager
    def serving(self, *arguments: str, path: str, talk: Path, port: int = 0) -> Iterator[int]:
        """Run a command that serves, on a free port or the one given, until the block ends; entered when `path` answers
        200. Of this tree it is a fork (`tests/loaded`) that was loaded at the moment."""
        port = port or free_port()
        begin = LoadedProcess if self.root == ROOT and self.clock is None else subprocess.Popen
        with talk.open("wb") as said:
            command = self.command(*arguments, "--port", str(port))
            process = begin(command, env=self.environment(), stdout=said, stderr=said)
        try:
            wait_for_server(process, port, path, talk)
            yield port
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGTERM)
                process.wait(PATIENCE)


def entry_of(root: Path) -> tuple[str, str]:
    """Module and function of the command `kuule`."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    module, _, function = project["project"]["scripts"]["kuule"].partition(":")
    return module, function


def run_here(*arguments: str) -> int:
    """Run a command of this tree in this process, and return its exit code. For commands that serve nothing."""
    module, function = entry_of(ROOT)
    main: Callable[[], None] = getattr(importlib.import_module(module), function)
    with patch.object(sys, "argv", ["kuule", *arguments]):
        try:
            main()
        except SystemExit as stop:
            return int(stop.code or 0)
    return 0


@contextmanager
def pipe_of(line: str) -> Iterator[int]:
    """A file descriptor from which a line can be read, as `--passphrase-fd` wants it."""
    end, start = os.pipe()
    os.write(start, f"{line}\n".encode())
    os.close(start)
    try:
        yield end
    finally:
        os.close(end)


def wait_for_server(process: subprocess.Popen[bytes], port: int, path: str, talk: Path) -> None:
    """Until a process that was started answers 200 at `path`. `talk` is what it says."""

    def answers() -> bool:
        assert process.poll() is None, talk.read_text()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.request("GET", path)
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    wait_until(answers, talk.read_text)
