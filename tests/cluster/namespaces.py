"""Hosts in a network of their own: network namespaces that are joined by a bridge in one more, and reach nothing else.

Whatever runs in them ends with the block, and so do they.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.patience import wait_until

_PR_SET_PDEATHSIG = 1
_NETWORK = "10.91.7"


@dataclass(frozen=True)
class Host:
    """A namespace with an address. `number` is the last part of the address."""

    number: int
    prefix: str

    @property
    def namespace(self) -> str:
        return f"{self.prefix}-{self.number}"

    @property
    def address(self) -> str:
        return f"{_NETWORK}.{self.number}"

    def start(self, command: Sequence[str], output: Path, *, user: str = "", **more: Any) -> subprocess.Popen[bytes]:
        """Start a program on this host; it ends with whoever started it."""
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        with output.open("ab") as said:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, *as_user, *command],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True, preexec_fn=_end_with_parent,  # noqa: PLW1509
                **more,
            )  # fmt: skip

    def run(self, command: Sequence[str], *, env: Mapping[str, str] | None = None, check: bool = True) -> str:
        """What a program says on this host."""
        ran = subprocess.run(
            ["ip", "netns", "exec", self.namespace, *command], capture_output=True, text=True, env=env, check=False
        )
        assert not check or ran.returncode == 0, (command, ran.stdout, ran.stderr)
        return ran.stdout

    def processes(self) -> list[int]:
        """Everything that runs here."""
        found = subprocess.run(["ip", "netns", "pids", self.namespace], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def kill(self, *parts: str) -> int:
        """kill -9 on everything that runs here, or on those whose command line has one of these parts in it."""
        killed = 0
        for pid in self.processes():
            with suppress(OSError):
                line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if not parts or any(part in line for part in parts):
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
        return killed

    def cut(self) -> None:
        """Pull the cable: nothing comes, nothing goes, and nobody is told."""
        self._link("down")

    def join(self) -> None:
        self._link("up")

    def _link(self, way: str) -> None:
        _ip("-n", f"{self.prefix}-net", "link", "set", f"port{self.number}", way)


@contextmanager
def hosts_in_a_network(count: int) -> Iterator[list[Host]]:
    """So many hosts, numbered from one."""
    prefix = f"kuule{os.getpid()}"
    network, hosts = f"{prefix}-net", [Host(number, prefix) for number in range(1, count + 1)]
    try:
        _ip("netns", "add", network)
        _ip("-n", network, "link", "add", "bridge", "type", "bridge")
        _ip("-n", network, "link", "set", "bridge", "up")
        for host in hosts:
            _ip("netns", "add", host.namespace)
            port, inside = f"port{host.number}", host.namespace
            _ip("-n", network, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", inside)
            _ip("-n", network, "link", "set", port, "master", "bridge", "up")
            _ip("-n", inside, "address", "add", f"{host.address}/24", "dev", "eth0")
            _ip("-n", inside, "link", "set", "eth0", "up")
            _ip("-n", inside, "link", "set", "lo", "up")
        yield hosts
    finally:
        for host in hosts:
            _clear(host)
        subprocess.run(["ip", "netns", "delete", network], check=False, capture_output=True)


def _clear(host: Host) -> None:
    def ended() -> bool:
        host.kill()
        return not host.processes()

    wait_until(ended)
    subprocess.run(["ip", "netns", "delete", host.namespace], check=False, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
