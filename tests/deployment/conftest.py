"""A machine in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deployment.small_host import SmallHost, make_host


@pytest.fixture
def host(tmp_path: Path) -> SmallHost:
    return make_host(tmp_path)
