"""Keeps this process out of core dumps and swap, as far as the system allows, and reports what it could not do.

A core dump or a swapped page would write to a disk what must never be there: a secret key, or what a person types.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

_PR_SET_DUMPABLE = 4
_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4
"""Linux, <sys/mman.h>. ONFAULT locks a page when it is first used, so that reserved address space costs nothing."""
_CAP_IPC_LOCK = 14


def protect_process_memory(*, later: bool = True) -> tuple[str, ...]:
    """Prevent core dumps of this process and of those it starts, and keep its memory out of swap. Call it in each
    process.

    With `later`, memory that is allocated from now on stays out of swap too; without it, only what is allocated already
    (for a process that will need more memory than the machine has). Returns a sentence for each thing that could not be
    done.
    """
    said = (_no_core_dump(), _not_dumpable(), _no_swap(later=later))
    return tuple(sentence for sentence in said if sentence)


def _no_core_dump() -> str:
    try:
        import resource  # Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):  # where there are limits, lowering one always works
        return "core dumps cannot be switched off"
    return ""


def _not_dumpable() -> str:
    """Stop dumps through a crash handler too (core_pattern with a pipe), which the limit alone does not prevent."""
    if not sys.platform.startswith("linux"):
        return "a crash handler of the system may still be given this program's memory"
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        return f"a crash handler may still be given this program's memory ({_last_error()})"
    return ""


def _no_swap(*, later: bool) -> str:
    if not sys.platform.startswith("linux"):
        return "its memory may be written to swap"
    if later and not may_lock_memory():
        # With a limit, the lock may succeed now and a later allocation may fail because of it.
        return "its memory may be written to swap: the limit of locked memory (ulimit -l) is too low"
    flags = _MCL_CURRENT | _MCL_ONFAULT | (_MCL_FUTURE if later else 0)
    if ctypes.CDLL(None, use_errno=True).mlockall(flags) != 0:
        return f"its memory may be written to swap ({_last_error()})"
    return ""


def may_lock_memory() -> bool:
    """Whether this process may keep all of its memory out of swap. It raises its own limit as far as it may."""
    import resource  # Windows has none, and this is for Linux

    _, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY or _has_capability(_CAP_IPC_LOCK)


def _has_capability(number: int) -> bool:
    try:
        status = Path("/proc/self/status").read_bytes()
    except OSError:
        return False
    effective = next((line.split()[1] for line in status.splitlines() if line.startswith(b"CapEff:")), b"0")
    return bool(int(effective, 16) >> number & 1)


def _last_error() -> str:
    return os.strerror(ctypes.get_errno()).lower()
