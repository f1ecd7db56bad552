"""What holds for all tests of addresses and requests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _pauses_cost_little(cheap_locks: None) -> None:
    """What a pause costs is tried in `session/test_draft_sealing.py` and in `tests/installations`."""
