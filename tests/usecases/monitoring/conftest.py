"""Stores of both kinds, and one edition for all tests of monitoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collector.codes_on_pages import COMING_BACK
from tests.store.conftest import database, kept, postgresql, server
from tests.study.small_study import SETTINGS, make_edition

__all__ = ["database", "kept", "postgresql", "server"]


@pytest.fixture(scope="session")
def edition_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition whose visits can be paused and taken back."""
    folder = tmp_path_factory.mktemp("monitored")
    make_edition(folder, settings=SETTINGS + COMING_BACK)
    return folder / "edition"
