"""What the operator is told when answers cannot be kept: why, now and then, and nothing of whose they were."""

from __future__ import annotations

import sys
import time

from kuule.core.problems import StoreError

_PAUSE = 60.0
"""Seconds in which one line is enough: a line for each attempt would count people."""


class LastAlert:
    """When something was said last, on a clock that only grows. Two threads may speak at once; that does no harm."""

    told = float("-inf")


def report_store_error(error: StoreError, what: str = "answers are not kept") -> None:
    """Say on stderr the code, cause and remedy of a store that does not keep, at most once a minute and process.

    `what` is what the store did not do.
    """
    now = time.monotonic()
    if now - LastAlert.told < _PAUSE:
        return
    LastAlert.told = now
    for problem in error.problems:
        sys.stderr.write(f"{what}: {problem}\n")
    sys.stderr.flush()
