"""What the operator is told when the store fails: why, now and then, and nothing of whose answers they were."""

from __future__ import annotations

import sys
import time

from kuule.core.problems import StoreError

_PAUSE = 60.0
"""Seconds during which one line is enough: a line for each attempt would count people."""


class LastAlert:
    """When the operator was last told, on a clock that only grows. Two threads may write at once, which does no
    harm."""

    told = float("-inf")


def report_store_error(error: StoreError, what: str = "answers are not kept") -> None:
    """Write the code, cause and remedy of a store error to stderr, at most once a minute in each process.

    `what`: what the store did not do.
    """
    now = time.monotonic()
    if now - LastAlert.told < _PAUSE:
        return
    LastAlert.told = now
    for problem in error.problems:
        sys.stderr.write(f"{what}: {problem}\n")
    sys.stderr.flush()
