"""One collector for all tests of verification."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.verification.watched_site import WatchedSite, watch_site


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedSite]:
    with watch_site(tmp_path_factory.mktemp("watched")) as site:
        yield site
