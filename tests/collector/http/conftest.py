"""What holds for all tests of addresses and requests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _pauses_cost_little(cheap_locks: None) -> None:
    """What one costs is tried elsewhere (`tests/cheap_pauses.py`)."""
