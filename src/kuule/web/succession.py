"""One server that takes over from another, for an upgrade: the sockets stay open, and the first serves until the second
is ready.

The first starts the second with its own command line, as it is on the disk by then, and hands it copies of its sockets
and one end of a line. The second says one byte on the line when its workers are ready; then the first stops in order.
If the line ends without that byte, the second could not start, and the first goes on. So no step of it leaves nobody
serving. The variable below is all that two versions have to agree on.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kuule.web.service_manager import notify_service_manager

_VARIABLE = "KUULE_SUCCEEDS"
"""`LINE:SOCKET,SOCKET…`, numbers of open files."""
_READY = b"r"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The server from which this process takes over: its sockets, and the line to it."""

    line: socket.socket
    sockets: tuple[socket.socket, ...]

    def say_ready(self) -> None:
        """Let it stop. It may be gone already."""
        with suppress(OSError):
            self.line.send(_READY)

    def is_gone(self) -> bool:
        """Whether it has ended, with all that it served."""
        readable, _, _ = select.select([self.line], [], [], 0)
        try:
            return bool(readable) and self.line.recv(1) == b""
        except OSError:
            return True


def find_predecessor(environment: MutableMapping[str, str]) -> Predecessor | None:
    """The server that started this process to take over from it; None if there is none. It can be found once."""
    line, _, numbers = environment.pop(_VARIABLE, "").partition(":")
    try:
        opened = [socket.socket(fileno=int(number)) for number in (line, *numbers.split(","))]
    except (ValueError, OSError):
        return None
    return Predecessor(opened[0], tuple(opened[1:]))


class Succession:
    """Starts a successor for a server when it is told to. `stop` lets the server stop in order; `leave_out` are
    variables of this server's own workers; `say` is for whoever runs it."""

    def __init__(
        self,
        sockets: Sequence[socket.socket],
        *,
        stop: Callable[[], None],
        leave_out: Iterable[str],
        say: Callable[[str], None],
    ) -> None:
        self._sockets = sockets
        self._stop = stop
        self._leave_out = frozenset(leave_out)
        self._say = say
        self._beginning = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.is_handed_over = False
        """Whether the successor serves, so that what it shares with this server is left to it."""

    def begin(self, *_: object) -> None:
        """Start the successor, in a thread of its own. It is also the handler of the signal."""
        threading.Thread(target=self._hand_over, daemon=True).start()

    def end(self) -> None:
        """End a successor that is not ready, because this server was told to stop."""
        process = self._process
        if process is not None and not self.is_handed_over:
            process.terminate()

    def _hand_over(self) -> None:
        if not self._beginning.acquire(blocking=False):
            self._say("another collector is about to take over already")
            return
        try:
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = self._started(theirs.fileno())
            if ours.recv(1) == _READY:
                self.is_handed_over = True
                self._line = ours  # it stays open as long as this process does
                notify_service_manager(f"MAINPID={self._process.pid}")
                self._say(f"process {self._process.pid} has taken over: this one stops")
                self._stop()
                return
            ours.close()
            outcome = f"the collector that was to take over did not start (exit code {self._process.wait()})"
        except OSError as error:
            outcome = f"no collector could be started to take over ({error.strerror})"
        self._process = None
        self._beginning.release()  # before it is said: whoever reads it may tell this one again at once
        self._say(f"{outcome}: this one goes on serving")

    def _started(self, line: int) -> subprocess.Popen[bytes]:
        numbers = [one.fileno() for one in self._sockets]
        environment = {name: value for name, value in os.environ.items() if name not in self._leave_out}
        environment[_VARIABLE] = f"{line}:{','.join(map(str, numbers))}"
        command = [sys.executable, *sys.orig_argv[1:]]
        return subprocess.Popen(command, env=environment, pass_fds=[line, *numbers])  # noqa: S603 -- the command of this process
