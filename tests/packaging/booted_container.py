"""A bare Debian in a container of its own that boots systemd, without the network: for what is installed on a machine.

Needs root, systemd-nspawn, unshare and nsenter, and a kernel whose cgroup v2 can be mounted. Where the machine itself
runs no systemd, the container gets a mount namespace in which /sys/fs/cgroup is cgroup v2 alone.

CAP_BPF is for IPAddressDeny=, which systemd carries out by a program in the kernel. nspawn's filter of system calls
lets bpf() through for a container that was given this capability, which none is by itself; without it the line has no
effect in there, and nothing says so.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE, wait_until

PROGRAMS = ("systemd-nspawn", "unshare", "nsenter", "mmdebstrap")
_BOOT = """
mount --make-rprivate /
if [ "$(stat -f -c %T /sys/fs/cgroup)" != cgroup2fs ]; then
    umount -R -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi
mkdir -p "/sys/fs/cgroup/$1" && echo $$ > "/sys/fs/cgroup/$1/cgroup.procs"
exec systemd-nspawn --quiet --register=no --keep-unit --private-network --capability=CAP_BPF --boot \\
    --directory="$2" --machine="$1" --console=read-only
"""


def missing() -> str:
    """Why no container can be booted here, or nothing."""
    if os.geteuid() != 0:
        return "a container that boots needs root"
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)} (apt install systemd-container mmdebstrap)"
    return "" if "cgroup2" in Path("/proc/filesystems").read_text("utf-8") else "this kernel has no cgroup v2"


def make_root(folder: Path, *packages: str) -> None:
    """A Debian 13 with these packages, from the mirror that this machine uses."""
    include = ",".join(("systemd", "systemd-sysv", "dbus", *packages))
    command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={include}", "trixie", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


class BootedContainer:
    """One that has booted. Commands run in it as root."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self._command = ["unshare", "--mount", "sh", "-e", "-c", _BOOT, "sh", name, str(root)]
        self._process, self._leader = _start(self._command)

    def run(self, command: str, *, may_fail: bool = False) -> str:
        """What a shell command says, both ways."""
        inside = ["nsenter", "--all", "--target", str(self._leader), "--", "/bin/sh", "-c", command]
        done = subprocess.run(
            inside, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, check=False,
        )  # fmt: skip
        assert may_fail or done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def start_beside(self, command: list[str]) -> subprocess.Popen[str]:
        """A program of this machine in the network of the container, and in nothing else of it."""
        inside = ["nsenter", "--net", "--target", str(self._leader), "--", *command]
        return subprocess.Popen(inside, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def reboot(self) -> None:
        """Turn it off in an orderly way and on again, and wait until it has come up. The program that runs it ends then
        (133), so that whoever started it starts it again."""
        self.run("systemctl reboot", may_fail=True)
        self._process.wait(PATIENCE)
        self._process, self._leader = _start(self._command)
        self.wait_until_up()

    def power_off(self) -> None:
        """As a press of the power key."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)

    def wait_until_up(self) -> None:
        """Until systemd has started everything, whether or not all of it came up."""
        states = ("running", "degraded")
        wait_until(lambda: self.run("systemctl is-system-running", may_fail=True).strip() in states)

    def files(self) -> dict[str, str]:
        """Every path of what lasts, with what it is: sizes and times aside."""
        lines = self.run("find / -xdev -printf '%y %m %u %p\\n'").splitlines()
        found = (line.split(" ", 3) for line in lines)
        return {path: f"{kind} {mode} {owner}" for kind, mode, owner, path in found}


@contextmanager
def booted(root: Path, name: str) -> Iterator[BootedContainer]:
    """Boot it, and power it off at the end."""
    container = BootedContainer(root, name)
    try:
        container.wait_until_up()
        yield container
    finally:
        container.power_off()


def _start(command: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """The program that runs a container, and the container's first process."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: _leader_of(process.pid) or process.poll() is not None)
    leader = _leader_of(process.pid)
    assert leader, "the container did not boot"
    return process, leader


def _leader_of(pid: int) -> int:
    """The first process of the container: the child of nspawn."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = children.read_text("utf-8").split() if children.exists() else []
    for child in map(int, found):
        if Path(f"/proc/{child}/comm").read_text("utf-8").strip() == "systemd":
            return child
        if deeper := _leader_of(child):
            return deeper
    return 0
