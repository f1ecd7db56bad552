"""How many processors there are for this process."""

from __future__ import annotations

import os


def available_cpus() -> int:
    """How many processors this process may use, or all of them if the system does not say."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
