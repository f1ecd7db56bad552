"""Sites that several files of tests answer; each test has a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.collector.pages import more_on_a_page
from tests.collector.site_for_tests import TestSite, start


@pytest.fixture(autouse=True)
def _pauses_cost_little(cheap_locks: None) -> None:
    """What one costs is tried elsewhere (`tests/cheap_pauses.py`)."""


@pytest.fixture
def every(every_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    """Every control that the pages know."""
    yield start(every_folder, tmp_path)
    connections.close_all()


@pytest.fixture(scope="session")
def more_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return more_on_a_page.make(tmp_path_factory.mktemp("more"))


@pytest.fixture
def more_site(more_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    """A page with every kind of answer and follow-ups, and questions whose choices are buttons."""
    yield start(more_folder, tmp_path)
    connections.close_all()
