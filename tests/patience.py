"""How long a test waits for what has to come: so long that no machine is too busy for it, and that what never comes is
told before the run itself gives up (`timeout` in pyproject.toml)."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 300
"""Seconds. What is slow passes; only what hangs does not."""
_LOOK_SECONDS = 0.05


def wait_until(so: Callable[[], object], told: Callable[[], str] = str) -> None:
    """Look again and again until `so` is true. What never is fails with what `told` says of it."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, told() or "it never came to be so"
        time.sleep(_LOOK_SECONDS)
