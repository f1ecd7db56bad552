"""What a machine allows that keeps texts and keys out of freed memory, swap and core dumps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kuule.sealing.memory_protection import may_lock_memory
from kuule.sealing.memory_scrubbing import scrubbing_environment
from kuule.usecases.installation.installation_findings import InstallationFinding, MachineRole, pass_check, warn_about

_TRY = "from kuule.sealing.memory_scrubbing import is_scrubbing_active; raise SystemExit(not is_scrubbing_active())"
SWAPS, CORE_PATTERN = Path("/proc/swaps"), Path("/proc/sys/kernel/core_pattern")
_MOST_SECONDS = 300


def check_scrubbing(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Whether freed memory would be overwritten, tried in a process of its own."""
    if role not in (None, MachineRole.COLLECTOR):
        return
    environment = scrubbing_environment(os.environ)
    tried = subprocess.run(  # noqa: S603 -- this Python with a line of our own
        [sys.executable, "-c", _TRY], env=environment, capture_output=True, timeout=_MOST_SECONDS, check=False
    )
    if tried.returncode == 0:
        yield pass_check("freed memory", "is overwritten by `kuule serve`")
    else:
        remedy = "serve on Linux with glibc (Debian, Ubuntu, Fedora; not Alpine) to have it; pages say what is in force"
        yield warn_about("freed memory", "is not overwritten on this system", remedy)


def check_swap(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Whether memory can reach a disk by swapping."""
    if role in (MachineRole.WORKBENCH, MachineRole.LEAD):
        return
    if not sys.platform.startswith("linux"):
        yield warn_about("swap", "memory may be written to the page file", "encrypt the whole disk")
    elif may_lock_memory():
        yield pass_check("swap", "memory can be kept out of it")
    elif not _has_swap():
        yield pass_check("swap", "there is none")
    else:
        remedy = "raise the limit of locked memory (LimitMEMLOCK=infinity in a unit, ulimit -l), or encrypt the swap"
        yield warn_about("swap", "keys and texts may be written to it", remedy)


def check_core_dumps(_role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Whether a crash could leave memory behind. Kuule switches dumps off for itself where the system has that."""
    if not sys.platform.startswith("linux"):
        yield warn_about(
            "core dumps", "a crash handler may be given a program's memory", "switch the crash handler off"
        )
        return
    handler = _first_line(CORE_PATTERN)
    where = f"; the system's would go to {handler.lstrip('|').split(' ')[0]}" if handler.startswith("|") else ""
    yield pass_check("core dumps", f"switched off by every command that holds a key or a text{where}")


def _has_swap() -> bool:
    try:
        return len(SWAPS.read_text(encoding="utf-8").splitlines()) > 1
    except OSError:
        return False


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0]
    except OSError:
        return ""
