"""Whether the workers of a site still move. Each sends a sign of life every second; the master counts in its own
seconds how long one is silent, so that a machine which slept, or is slow as a whole, costs no worker its life.

A worker that is silent accepts connections and answers none: without this, those who come to it would wait for ever.
Only Linux, where the system itself says who sent a sign.
"""

from __future__ import annotations

import os
import secrets
import socket
import struct
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import suppress

_VARIABLE = "KUULE_PULSES"
"""The environment variable with the name of the master's socket."""
_SECONDS = 1.0
LONGEST_SILENCE = 30
"""Signs that may be missing in a row. The busiest worker that was measured sends each within three seconds."""
_CREDENTIALS = struct.Struct("iII")


class WorkerPulses:
    """Counts for each worker how many looks ago it was heard."""

    def __init__(self) -> None:
        self._silent: dict[int, int] = {}

    def hear(self, process: int) -> None:
        """A sign of a worker came."""
        self._silent[process] = 0

    def look(self, alive: Collection[int]) -> tuple[int, ...]:
        """Count one look, forget workers that are gone, and return those that were silent for too long, each once."""
        self._silent = {process: count + 1 for process, count in self._silent.items() if process in alive}
        late = tuple(process for process, count in self._silent.items() if count > LONGEST_SILENCE)
        for process in late:
            del self._silent[process]
        return late

    @property
    def heard(self) -> frozenset[int]:
        """The workers that were heard and are not gone."""
        return frozenset(self._silent)


class PulseSocket:
    """Where the master hears its workers. The environment has its name while it is open."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        name = f"kuule-{os.getpid()}-{secrets.token_hex(8)}"
        self._socket.bind(f"\0{name}")
        os.environ[_VARIABLE] = name

    def signs(self, seconds: float) -> Iterator[int]:
        """The processes that send a sign within this time, as the system names them."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._socket.settimeout(left)
            with suppress(TimeoutError):
                _, said, _, _ = self._socket.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
                for level, kind, content in said:
                    if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                        yield _CREDENTIALS.unpack(content)[0]

    def close(self) -> None:
        """Hear nobody any more."""
        os.environ.pop(_VARIABLE, None)
        self._socket.close()


def send_pulses() -> None:
    """In a worker: send a sign every second, from a thread that ends with it. Does nothing if nobody hears it."""
    name = os.environ.get(_VARIABLE, "")
    if name:
        threading.Thread(target=_send_pulses, args=(name,), daemon=True).start()


def _send_pulses(name: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.setblocking(False)
        while True:
            with suppress(OSError):
                connection.sendto(b"\1", f"\0{name}")
            time.sleep(_SECONDS)
