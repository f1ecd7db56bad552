"""Browsers with script off, each started once; a test has a window in which nothing of another test is left."""

from __future__ import annotations

import pytest

from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox


@pytest.fixture
def window(request: pytest.FixtureRequest) -> Chromium | Firefox:
    """Of the browser that the test names: `@pytest.mark.parametrize("window", ["firefox"], indirect=True)`."""
    found: Chromium | Firefox = request.getfixturevalue(request.param)
    return found
