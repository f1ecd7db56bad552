"""The collector as a child process of the demo: how it is started, waited for and always stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kuule.core.problems import Problem
from kuule.sealing.memory_scrubbing import server_environment
from kuule.usecases.demo.practice_folder import DemoError

_START_SECONDS = 60
_STOP_SECONDS = 15
_LOOK_SECONDS = 0.05
_LAST_LINES = 8
LAST_PORT = 65535
_COMMAND = "kuule.cli.child_main"
"""The module that is run as a command line, as a service manager would do it. Nothing of it is imported here."""
_FEWEST_WORKERS, _MOST_WORKERS = 2, 4


def collector_workers(processors: int) -> int:
    """How many worker processes the collector of the demo has: one for each processor, within limits.

    A rehearsed visit costs the collector three times what it costs the crowd, which is one process (decision 0121): so
    a fifth processor would have nothing to do.
    """
    return max(_FEWEST_WORKERS, min(processors, _MOST_WORKERS))


def check_port_is_free(port: int, option: str) -> None:
    """Raise DemoError DEMO_021 if something already listens on a port of this machine, or if this user may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise port_error(port, option, error) from error


def port_error(port: int, option: str, error: OSError) -> DemoError:
    """The error for a port that is not available: DEMO_021."""
    if isinstance(error, PermissionError):
        cause = f"this user may not open port {port} (the system keeps the first 1023 for its own services)"
        remedy = f"give another port: {option} {port + 8000}"
    else:
        cause = f"port {port} is taken by another program ({str(error.strerror).lower()})"
        other = port + 1000 if port + 1000 <= LAST_PORT else port - 1000
        remedy = f"stop that program, or give another port: {option} {other}"
    return DemoError(Problem("DEMO_021", f"127.0.0.1:{port}", cause, remedy))


class ServerProcess:
    """A child process. It has a process group of its own, so that Ctrl-C reaches only this process.

    Its standard input is a pipe that this process holds open. If this process is killed, the pipe closes and the child
    stops (`child_main`). The child loads what it needs at once, and runs its command when `begin` is called.
    """

    def __init__(self, arguments: Sequence[str], talk: Path) -> None:
        self._talk = talk
        with talk.open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own command
                [sys.executable, "-m", _COMMAND, *arguments],
                stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True,
                env=server_environment(os.environ),
            )  # fmt: skip

    def begin(self) -> None:
        """Let it run its command."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it has ended already; the code that waits for it will find out
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended by itself."""
        return self._process.poll() is not None

    def last_output(self) -> str:
        """The last lines that the process printed, for an error message."""
        return "; ".join(self._talk.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:])

    def stop(self) -> None:
        """Ask the process to stop, wait, and then kill whatever is left of its process group."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        self._signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return


@contextmanager
def running_collector(arguments: Sequence[str], port: int, talk: Path) -> Iterator[ServerProcess]:
    """Run `kuule serve …` until the block ends. The block begins when the first page answers."""
    with prepared_collector(arguments, talk) as child:
        child.begin()
        wait_for_page(child, port)
        yield child


@contextmanager
def prepared_collector(arguments: Sequence[str], talk: Path) -> Iterator[ServerProcess]:
    """Keep `kuule serve …` ready to begin, until the block ends. Its edition need not exist yet."""
    child = ServerProcess(["serve", *arguments], talk)
    try:
        yield child
    finally:
        child.stop()


def wait_for_page(child: ServerProcess, port: int) -> None:
    """Wait until the first page of the collector answers. Raises DemoError DEMO_022 if it does not start."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if child.has_ended:
            cause = f"it stopped at once: {child.last_output() or 'without a word'}"
            raise DemoError(Problem("DEMO_022", "the collector", cause, "mend what it says and start again"))
        if _answers(port):
            return
        time.sleep(_LOOK_SECONDS)
    cause = f"no page after {_START_SECONDS} seconds: {child.last_output()}"
    raise DemoError(Problem("DEMO_022", "the collector", cause, "see whether the machine is very busy and start again"))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
