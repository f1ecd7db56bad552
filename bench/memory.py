"""Memory and time of processes, as Linux counts them: the collector's workers, or one with all that it started."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_PROCESSES = Path("/proc")
_PARENT = re.compile(r"^PPid:\s+(\d+)$", re.MULTILINE)
_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_LEAST_OF_A_WORKER = 30 * 1024
"""KiB; what helps to start processes has less."""
_USER, _SYSTEM = 11, 12
"""Where proc_pid_stat(5) has the time of a process, counted from what stands behind its name."""


def megabytes_of_workers(process: int) -> list[float]:
    """Resident MiB of each worker: a process that a child of `process` has started. [] where there is no /proc."""
    sizes = (_RESIDENT.search(_read(worker, "status")) for worker in _workers(process))
    return [int(size.group(1)) / 1024 for size in sizes if size and int(size.group(1)) > _LEAST_OF_A_WORKER]


def seconds_of_workers(process: int) -> float:
    """Seconds of a core that the workers have taken since they began, kernel included; 0 where there is no /proc."""
    ticks = 0
    for worker in _workers(process):
        _, _, rest = _read(worker, "stat").rpartition(")")
        parts = rest.split()
        ticks += int(parts[_USER]) + int(parts[_SYSTEM]) if parts else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def megabytes_of_tree(process: int) -> float:
    """Resident MiB of a process and of its children, what they share counted for each; 0 where there is no /proc."""
    children = _read(process, f"task/{process}/children").split()
    sizes = (_RESIDENT.search(_read(one, "status")) for one in (process, *map(int, children)))
    return sum(int(size.group(1)) for size in sizes if size) / 1024


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
    except OSError:  # it has ended meanwhile
        return ""
