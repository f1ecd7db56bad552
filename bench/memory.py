"""The memory and time of processes as Linux counts them: of the collector's workers, or of a process with all its
children."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_PROCESSES = Path("/proc")
_PARENT = re.compile(r"^PPid:\s+(\d+)$", re.MULTILINE)
_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_LEAST_OF_A_WORKER = 30 * 1024
"""In KiB. A process that only helps to start others has less."""
_HIGHEST = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_USER, _SYSTEM = 11, 12
"""The positions of a process's times in proc_pid_stat(5), counted from after its name."""


def megabytes_of_workers(process: int) -> list[float]:
    """The resident MiB of each worker, which is a process that a child of `process` has started; [] if there is no
    /proc."""
    sizes = (_RESIDENT.search(_read(worker, "status")) for worker in _workers(process))
    return [int(size.group(1)) / 1024 for size in sizes if size and int(size.group(1)) > _LEAST_OF_A_WORKER]


def seconds_of_workers(process: int) -> float:
    """The seconds of a core that the workers have used since they started, including the kernel's; 0 if there is no
    /proc."""
    return sum(map(_seconds, _workers(process)))


def seconds_of_tree(process: int) -> float:
    """The same of a process and its children; 0 if there is no /proc."""
    children = _read(process, f"task/{process}/children").split()
    return sum(map(_seconds, (process, *map(int, children))))


def _seconds(process: int) -> float:
    _, _, rest = _read(process, "stat").rpartition(")")
    parts = rest.split()
    return (int(parts[_USER]) + int(parts[_SYSTEM])) / os.sysconf("SC_CLK_TCK") if parts else 0


def megabytes_of_tree(process: int) -> float:
    """The resident MiB of a process and its children; what they share counts for each of them. 0 if there is no
    /proc."""
    children = _read(process, f"task/{process}/children").split()
    sizes = (_RESIDENT.search(_read(one, "status")) for one in (process, *map(int, children)))
    return sum(int(size.group(1)) for size in sizes if size) / 1024


def most_megabytes_of_this_process() -> float:
    """The resident MiB of this process at its highest since its program began, 0 if there is no /proc. What `resource`
    gives begins with what the process had from which this one was started."""
    most = _HIGHEST.search(_read(os.getpid(), "status"))
    return int(most.group(1)) / 1024 if most else 0


def _workers(process: int) -> Iterator[int]:
    below: dict[int, list[int]] = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        match = _PARENT.search(_read(int(folder.name), "status"))
        if match is not None:
            below.setdefault(int(match.group(1)), []).append(int(folder.name))
    for server in below.get(process, []):
        yield from below.get(server, [])


def _read(process: int, name: str) -> str:
    try:
        return (_PROCESSES / str(process) / name).read_text("utf-8")
    except OSError:  # the process has ended meanwhile
        return ""
