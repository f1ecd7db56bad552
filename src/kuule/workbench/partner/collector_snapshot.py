"""What the collector's store said last: counts for partners and the links that are off. Asking it starts a process."""

from __future__ import annotations

import time

from kuule.core.problems import StoreError
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.store_proxy import StoreSnapshot

_FRESH_SECONDS = 300
"""Counts change at midnight only; a link switched by another member shows up after this time."""


class _Looked:
    """What the store proxy returned last, and when, by a clock that never goes back."""

    look: StoreSnapshot | None = None
    at = float("-inf")


def store_snapshot() -> tuple[StoreSnapshot | None, str]:
    """What the collector's store says, at most five minutes old, or else the reason why it cannot be read."""
    store_proxy = running_site().store_proxy
    if store_proxy is None:
        return None, ""
    if time.monotonic() - _Looked.at > _FRESH_SECONDS:
        try:
            _Looked.look = store_proxy.read_snapshot()
        except StoreError as error:
            return None, error.problems[0].cause
        _Looked.at = time.monotonic()
    return _Looked.look, ""


def forget_snapshot() -> None:
    """Ask anew the next time: something was changed."""
    _Looked.at = float("-inf")
