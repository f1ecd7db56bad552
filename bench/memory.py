"""Memory of the collector's workers, as Linux counts it."""

from __future__ import annotations

import re
from pathlib import Path

_PROCESSES = Path("/proc")
_PARENT = re.compile(r"^PPid:\s+(\d+)$", re.MULTILINE)
_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_LEAST_OF_A_WORKER = 30 * 1024
"""KiB; what helps to start processes has less."""


def megabytes_of_workers(process: int) -> list[float]:
    """Resident MiB of each worker: a process that a child of `process` has started. [] where there is no /proc."""
    below: dict[int, list[int]] = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        match = _PARENT.search(_status(int(folder.name)))
        if match is not None:
            below.setdefault(int(match.group(1)), []).append(int(folder.name))
    workers = (worker for server in below.get(process, []) for worker in below.get(server, []))
    sizes = (_RESIDENT.search(_status(worker)) for worker in workers)
    return [int(size.group(1)) / 1024 for size in sizes if size and int(size.group(1)) > _LEAST_OF_A_WORKER]


def _status(process: int) -> str:
    try:
        return (_PROCESSES / str(process) / "status").read_text("utf-8")
    except OSError:  # it has ended meanwhile
        return ""
