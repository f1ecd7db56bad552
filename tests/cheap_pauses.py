"""Codes of pauses that cost little, where what they cost is not the point.

A code of a pause takes 64 MiB, thrice. That it does is tried in `collector/session/test_draft_sealing.py`, where the
format is frozen, and on servers that open what earlier versions sealed (`tests/installations`).
"""

from __future__ import annotations

from collections.abc import Callable

from kuule.collector.session import draft_sealing

_COST = {"MEMORY_KIB": 64, "PASSES": 1}


def make_pauses_cheap(set_to: Callable[[object, str, int], None]) -> None:
    """`set_to` is `setattr` for good, or that of a MonkeyPatch for a while."""
    for name, cost in _COST.items():
        set_to(draft_sealing, name, cost)
